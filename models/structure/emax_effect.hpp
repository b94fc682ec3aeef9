#pragma once
/// Effect that saturates with the total plasma concentration: E = emax·C/(ec50 + C).

#include "sim/math/elementary.hpp"
#include "sim/model/ports.hpp"
#include "sim/model/rows.hpp"

namespace nadir {

struct EmaxEffect {
  template <class T>
  struct Params {
    T emax, ec50;
  };
  using P = Params<double>;
  static constexpr std::array params{
      param<&P::emax>("1", "largest effect", not_negative()),
      param<&P::ec50>("umol/L", "total concentration of half the largest effect"),
  };

  template <class T>
  static void drive(Ports<T>& port, const Exposure<T>& c, const Params<T>& p) {
    port.suppression = port.suppression + p.emax * c.total / (p.ec50 + c.total);
  }
};

}  // namespace nadir

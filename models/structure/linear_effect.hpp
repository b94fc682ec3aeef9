#pragma once
/// Effect proportional to the plasma concentration: E = slope·C. Never clipped: above one, dividing cells die.

#include "sim/math/elementary.hpp"
#include "sim/model/ports.hpp"
#include "sim/model/rows.hpp"

namespace nadir {

struct LinearEffect {
  template <class T>
  struct Params {
    T slope, slope_unbound;
  };
  using P = Params<double>;
  static constexpr std::array params{
      param<&P::slope>("L/umol", "effect per total concentration", not_negative()),
      param<&P::slope_unbound>("L/umol", "effect per unbound concentration", not_negative()),
  };

  template <class T>
  static void drive(Ports<T>& port, const Exposure<T>& c, const Params<T>& p) {
    port.suppression = port.suppression + (p.slope * c.total + p.slope_unbound * c.unbound);
  }
};

}  // namespace nadir

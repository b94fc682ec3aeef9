#pragma once
/// Two compartments with linear elimination, in clearances and volumes.

#include "sim/kinetics/mammillary.hpp"
#include "sim/model/rows.hpp"

namespace nadir {

struct TwoCompartments {
  static constexpr Shape shape{.depot = false, .peripherals = 1};

  template <class T>
  struct Params {
    T cl, v1, q, v2;
  };
  using P = Params<double>;
  static constexpr std::array params{
      param<&P::cl>("L/h", "clearance"),
      param<&P::v1>("L", "central volume"),
      param<&P::q>("L/h", "exchange with the peripheral compartment"),
      param<&P::v2>("L", "peripheral volume"),
  };

  template <class T>
  static Mammillary<T> constants(const Params<T>& p) {
    return {.ka = T{}, .k10 = p.cl / p.v1, .k12 = p.q / p.v1, .k21 = p.q / p.v2, .k13 = T{}, .k31 = T{}};
  }

  template <class T>
  static T volume(const Params<T>& p) {
    return p.v1;
  }
};

}  // namespace nadir

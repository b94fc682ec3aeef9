#pragma once
/// Linear kinetics: a central compartment with up to two peripheral ones and, if wished, a depot for absorption.

#include <array>

namespace nadir {

/// Rate constants [1/d]. Those of compartments that the shape does not have stay zero.
template <class T>
struct Mammillary {
  T ka{};   ///< depot → central
  T k10{};  ///< elimination from central
  T k12{};  ///< central → peripheral1
  T k21{};  ///< peripheral1 → central
  T k13{};  ///< central → peripheral2
  T k31{};  ///< peripheral2 → central
};

/// Which compartments there are. In an event table they are numbered from 1 in this order: depot, central, peripheral1,
/// peripheral2, those present.
struct Shape {
  bool depot = false;
  int peripherals = 0;  ///< 0, 1 or 2

  constexpr int compartments() const { return (depot ? 1 : 0) + 1 + peripherals; }
  constexpr int central() const { return depot ? 1 : 0; }  ///< index of the central compartment
};

/// Rates of change of the amounts, as an ODE: the definition that the closed form must agree with.
template <class T>
std::array<T, 4> mammillary_rhs(const std::array<T, 4>& a, const Mammillary<T>& k, Shape shape) {
  std::array<T, 4> d{};
  const auto c = static_cast<std::size_t>(shape.central());
  T central = T(0.0) - k.k10 * a[c];
  if (shape.depot) {
    d[0] = T(0.0) - k.ka * a[0];
    central = central + k.ka * a[0];
  }
  if (shape.peripherals > 0) {
    d[c + 1] = k.k12 * a[c] - k.k21 * a[c + 1];
    central = central - k.k12 * a[c] + k.k21 * a[c + 1];
  }
  if (shape.peripherals > 1) {
    d[c + 2] = k.k13 * a[c] - k.k31 * a[c + 2];
    central = central - k.k13 * a[c] + k.k31 * a[c + 2];
  }
  d[c] = central;
  return d;
}

}  // namespace nadir

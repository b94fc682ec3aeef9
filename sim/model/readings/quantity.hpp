#pragma once
/// A number with its dimension: running a model's equations on quantities checks every term.

#include <stdexcept>
#include <string>

#include "sim/base/unit.hpp"
#include "sim/math/elementary.hpp"

namespace nadir {

/// Two terms that cannot be added, or an argument that must be a pure number.
struct UnitMismatch : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Quantity {
  double value = 0.0;
  PhysicalDimension dimension;

  Quantity() = default;
  Quantity(double v, PhysicalDimension d = {}) : value(v), dimension(d) {}
};

namespace quantity_detail {

/// A bare zero may stand beside any dimension: nothing of anything is nothing.
inline PhysicalDimension common(const Quantity& a, const Quantity& b) {
  if (a.dimension == b.dimension || b.value == 0.0) return a.dimension;
  if (a.value == 0.0) return b.dimension;
  throw UnitMismatch("adds " + internal_unit(a.dimension) + " and " + internal_unit(b.dimension));
}

inline PhysicalDimension combine(const Quantity& a, const Quantity& b, int sign) {
  PhysicalDimension result = a.dimension;
  for (std::size_t i = 0; i < result.power.size(); ++i) result.power[i] += sign * b.dimension.power[i];
  return result;
}

inline void need_pure(const Quantity& a, const char* function) {
  if (a.dimension != PhysicalDimension{})
    throw UnitMismatch(std::string(function) + " of " + internal_unit(a.dimension));
}

}  // namespace quantity_detail

inline Quantity operator+(const Quantity& a, const Quantity& b) {
  return {a.value + b.value, quantity_detail::common(a, b)};
}
inline Quantity operator-(const Quantity& a, const Quantity& b) {
  return {a.value - b.value, quantity_detail::common(a, b)};
}
inline Quantity operator*(const Quantity& a, const Quantity& b) {
  return {a.value * b.value, quantity_detail::combine(a, b, 1)};
}
inline Quantity operator/(const Quantity& a, const Quantity& b) {
  return {a.value / b.value, quantity_detail::combine(a, b, -1)};
}
inline Quantity exp(const Quantity& a) {
  quantity_detail::need_pure(a, "exp");
  return exp(a.value);
}
inline Quantity log(const Quantity& a) {
  quantity_detail::need_pure(a, "log");
  return log(a.value);
}
inline Quantity pow(const Quantity& a, const Quantity& b) {
  quantity_detail::need_pure(a, "pow");
  quantity_detail::need_pure(b, "pow");
  return pow(a.value, b.value);
}

}  // namespace nadir

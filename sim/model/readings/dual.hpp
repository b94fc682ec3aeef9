#pragma once
/// A value with its derivative along one direction: the equations differentiate themselves.

#include "sim/math/elementary.hpp"

namespace nadir {

struct Dual {
  double value = 0.0;
  double slope = 0.0;

  Dual() = default;
  Dual(double v, double s = 0.0) : value(v), slope(s) {}
};

inline Dual operator+(Dual a, Dual b) { return {a.value + b.value, a.slope + b.slope}; }
inline Dual operator-(Dual a, Dual b) { return {a.value - b.value, a.slope - b.slope}; }
inline Dual operator*(Dual a, Dual b) { return {a.value * b.value, a.slope * b.value + a.value * b.slope}; }
inline Dual operator/(Dual a, Dual b) {
  const double quotient = a.value / b.value;
  return {quotient, (a.slope - quotient * b.slope) / b.value};
}
inline Dual exp(Dual a) {
  const double e = exp(a.value);
  return {e, e * a.slope};
}
inline Dual log(Dual a) { return {log(a.value), a.slope / a.value}; }
inline Dual pow(Dual a, Dual b) {
  const double power = pow(a.value, b.value);
  return {power, power * (b.slope * log(a.value) + b.value * a.slope / a.value)};
}

}  // namespace nadir

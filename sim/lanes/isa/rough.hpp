#pragma once
/// Logarithm and power to a few digits: enough to choose a step.

#include "sim/lanes/isa/elementary.hpp"

namespace {

/// log₂ x and 2^x to about three digits, without a table: enough to choose a step. x is positive and normal.
NADIR_INLINE Vec rough_log2(Vec x) {
  const Int b = bits(x);
  const Vec exponent = from_bits((Int)((Unsigned)b >> 52) + bits(broadcast(constant::shift))) - constant::shift;
  const Vec m = from_bits((b & 0x000fffffffffffffLL) | 0x3ff0000000000000LL) - 1.0;
  return (exponent - 1023.0) + m * (1.4402 + m * (-0.6658 + m * 0.2256));
}
NADIR_INLINE Vec rough_exp2(Vec x) {
  const Vec shifted = x + constant::shift, n = shifted - constant::shift, r = x - n;
  const Vec fraction = 1.0 + r * (0.6931 + r * (0.2402 + r * 0.0558));
  return fraction * power_of_two(bits(shifted) - bits(broadcast(constant::shift)));
}

}  // namespace

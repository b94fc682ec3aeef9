#pragma once
/// Floats as integers that stand in the same order, so that ranges of floats are ranges of integers.

#include <bit>
#include <cstdint>
#include <limits>

namespace nadir {

/// Monotonic; −0 counts as 0. NaNs lie outside [ordered(−∞), ordered(∞)].
constexpr std::int32_t ordered(float value) {
  const auto bits = std::bit_cast<std::int32_t>(value + 0.0f);
  return bits ^ ((bits >> 31) & std::numeric_limits<std::int32_t>::max());
}

constexpr float from_ordered(std::int32_t place) {
  return std::bit_cast<float>(place ^ ((place >> 31) & std::numeric_limits<std::int32_t>::max()));
}

inline constexpr std::int32_t ordered_infinity = ordered(std::numeric_limits<float>::infinity());
inline constexpr std::int32_t ordered_minus_infinity = ordered(-std::numeric_limits<float>::infinity());

}  // namespace nadir

#pragma once
/// exp, log and pow with bits of our own: only + − × / and bit operations, so that every compiler and machine gives the
/// same result (with contraction off). Tang's scheme without tables: reduce the argument, one short polynomial, put the
/// power of two back. The bounds below are the largest errors seen against 80-bit functions on 10^6 points each.

#include <cstdint>
#include <limits>

namespace nadir {

namespace math_detail {

inline constexpr double ln2_high = 6.93147180369123816490e-01;  // 32 bits: n·ln2_high is exact for |n| < 2^21
inline constexpr double ln2_low = 1.90821492927058770002e-10;
inline constexpr double inverse_ln2 = 1.44269504088896338700e+00;
inline constexpr double shift = 6755399441055744.0;  // 1.5·2^52: adding it rounds to the nearest integer
inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

inline std::uint64_t bits(double x) { return __builtin_bit_cast(std::uint64_t, x); }
inline double from_bits(std::uint64_t b) { return __builtin_bit_cast(double, b); }

/// The upper 26 bits of x: the product of two heads is exact.
inline double head(double x) { return from_bits(bits(x) & 0xfffffffff8000000ULL); }

/// 2^n for −1022 ≤ n ≤ 1023.
inline double power_of_two(std::int64_t n) { return from_bits(static_cast<std::uint64_t>(n + 1023) << 52); }

/// (e^r − 1 − r)/r² for |r| ≤ ln2/2: minimax, error below 2^−59.
inline double exp_tail(double r) {
  const double r2 = r * r, r4 = r2 * r2;
  const double p01 = 0.5 + 0x1.5555555555557p-3 * r;
  const double p23 = 0x1.5555555555558p-5 + 0x1.11111111100cep-7 * r;
  const double p45 = 0x1.6c16c16c151e5p-10 + 0x1.a01a01abef63ap-13 * r;
  const double p67 = 0x1.a01a01ad0308ap-16 + 0x1.71de021a31bfep-19 * r;
  const double p89 = 0x1.27e4ccba94a7ap-22 + 0x1.af4e1a0ee01b5p-26 * r;
  return (p01 + p23 * r2) + r4 * ((p45 + p67 * r2) + r4 * (p89 + 0x1.1f8b6c6ef58aep-29 * r2));
}

/// e^x = 2^exponent·(1 + fraction), the fraction between 1/√2 − 1 and √2 − 1.
struct Power {
  double fraction;
  std::int64_t exponent;
};

/// e^(high + low) for |high| < 2^20 and a low part below its last place.
inline Power exp_parts(double high, double low) {
  const double shifted = high * inverse_ln2 + shift, n = shifted - shift;
  const double reduced = high - n * ln2_high;  // exact
  const double correction = low - n * ln2_low;
  const double r = reduced + correction;
  const double lost = (reduced - r) + correction;
  return {r + (r * r * exp_tail(r) + lost), static_cast<std::int64_t>(bits(shifted) - bits(shift))};
}

/// e^(high + low) for |high| < 1400.
inline double exp_sum(double high, double low) {
  const Power power = exp_parts(high, low);
  // In two steps, so that a result that overflows or falls below the normal numbers is rounded once.
  const std::int64_t half = power.exponent >> 1;
  return (1.0 + power.fraction) * power_of_two(half) * power_of_two(power.exponent - half);
}

/// (log m − 2s)/s³ with s = (m − 1)/(m + 1), z = s², for 1/√2 ≤ m ≤ √2: minimax, error below 2^−58.
inline double log_tail(double z) {
  const double z2 = z * z;
  const double p01 = 0x1.5555555555555p-1 + 0x1.9999999999a3ap-2 * z;
  const double p23 = 0x1.24924924767efp-2 + 0x1.c71c7201d8dfep-3 * z;
  const double p45 = 0x1.745cf8d2a428dp-3 + 0x1.3b1c3f5a20c43p-3 * z;
  const double p67 = 0x1.0fbd97d374304p-3 + 0x1.0c0d817569a46p-3 * z;
  return (p01 + p23 * z2) + (z2 * z2) * (p45 + p67 * z2);
}

/// A sum of two doubles that do not overlap.
struct Pair {
  double high, low;
};

/// log x for finite x > 0, to about 59 bits.
inline Pair log_pair(double x) {
  constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcdULL;  // 1/√2
  const bool subnormal = x < std::numeric_limits<double>::min();
  const std::uint64_t b = bits(subnormal ? x * 0x1p54 : x);
  const std::int64_t exponent = static_cast<std::int64_t>(b - root_half) >> 52;
  const double m = from_bits(b - (static_cast<std::uint64_t>(exponent) << 52));
  const double n = static_cast<double>(subnormal ? exponent - 54 : exponent);

  // s = (m − 1)/(m + 1) as s_head + s_low: what the head leaves of the quotient is exact but for the last product.
  const double top = m - 1.0, bottom = m + 1.0;
  const double bottom_lost = m - (bottom - 1.0);
  const double inverse = 1.0 / bottom;
  const double s_head = head(top * inverse), bottom_head = head(bottom);
  const double bottom_rest = (bottom - bottom_head) + bottom_lost;
  const double s_low = ((top - s_head * bottom_head) - s_head * bottom_rest) * inverse;
  const double s = s_head + s_low, z = s * s;

  // n·ln2 + 2s + s³·tail, the two large terms without loss: the first is 0 or the larger.
  const double first = n * ln2_high, second = 2.0 * s_head;
  const double large = first + second;
  const double lost = second - (large - first);
  const double small = lost + (2.0 * s_low + (s * (z * log_tail(z)) + n * ln2_low));
  const double sum = large + small;
  return {sum, (large - sum) + small};
}

}  // namespace math_detail

/// e^x, within 0.9 ulp. Overflows to infinity, underflows through the subnormal numbers to zero; NaN stays NaN.
inline double exp(double x) {
  using namespace math_detail;
  if (!(x > -746.0 && x < 710.0)) return x > 0.0 ? infinity : (x < 0.0 ? 0.0 : x);
  return exp_sum(x, 0.0);
}

/// e^x − 1, within 1.7 ulp, also near 0.
inline double expm1(double x) {
  using namespace math_detail;
  if (!(x < 40.0)) return exp(x);  // the 1 is below the last place
  if (x < -40.0) return -1.0;
  const Power power = exp_parts(x, 0.0);
  const double scale = power_of_two(power.exponent);
  return (scale - 1.0) + scale * power.fraction;
}

/// Natural logarithm, within 0.6 ulp; −infinity at 0, NaN below.
inline double log(double x) {
  using namespace math_detail;
  if (!(x > 0.0 && x < infinity)) return x == 0.0 ? -infinity : (x > 0.0 ? x : nan);
  return log_pair(x).high;
}

/// x^y for x ≥ 0, within 2 ulp for |y·log x| < 50. Exactly 1 for x = 1 and for y = 0; NaN for x < 0.
inline double pow(double x, double y) {
  using namespace math_detail;
  if (x == 1.0 || y == 0.0) return 1.0;
  if (!(x > 0.0 && x < infinity)) {
    if (!(x >= 0.0) || y != y) return nan;
    return (x == 0.0) == (y > 0.0) ? 0.0 : infinity;
  }
  const Pair l = log_pair(x);
  const double product = y * l.high;
  if (!(product > -746.0 && product < 710.0)) return exp(product);
  const double y_head = head(y), l_head = head(l.high);
  const double y_rest = y - y_head, l_rest = l.high - l_head;
  const double lost = ((y_head * l_head - product) + y_head * l_rest + y_rest * l_head) + y_rest * l_rest;
  return exp_sum(product, lost + y * l.low);
}

/// (e^z − 1)/z, 1 at z = 0: the mean of e^(z·u) over 0 ≤ u ≤ 1. Within 2.2 ulp; overflows with e^z.
inline double exp_ratio(double z) {
  const double growth = expm1(z);
  return z == 0.0 ? 1.0 : (growth < math_detail::infinity ? growth / z : growth);
}

}  // namespace nadir

#pragma once
/// exp, log and pow for vectors: the algorithms of sim/math/elementary.hpp without branches, with the same bits (a test
/// compares them). The comments there explain the steps.

#include "sim/lanes/isa/vector.hpp"
#include "sim/math/elementary.hpp"

namespace {

namespace constant = nadir::math_detail;

NADIR_INLINE Vec head(Vec x) { return from_bits(bits(x) & (long long)0xfffffffff8000000ULL); }
NADIR_INLINE Vec power_of_two(Int n) { return from_bits((n + 1023) << 52); }

NADIR_INLINE Vec exp_tail(Vec r) {
  const Vec r2 = r * r, r4 = r2 * r2;
  const Vec p01 = 0.5 + 0x1.5555555555557p-3 * r;
  const Vec p23 = 0x1.5555555555558p-5 + 0x1.11111111100cep-7 * r;
  const Vec p45 = 0x1.6c16c16c151e5p-10 + 0x1.a01a01abef63ap-13 * r;
  const Vec p67 = 0x1.a01a01ad0308ap-16 + 0x1.71de021a31bfep-19 * r;
  const Vec p89 = 0x1.27e4ccba94a7ap-22 + 0x1.af4e1a0ee01b5p-26 * r;
  return (p01 + p23 * r2) + r4 * ((p45 + p67 * r2) + r4 * (p89 + 0x1.1f8b6c6ef58aep-29 * r2));
}

struct PowerParts {
  Vec fraction;
  Int exponent;
};

NADIR_INLINE PowerParts exp_parts(Vec high, Vec low) {
  const Vec shifted = high * constant::inverse_ln2 + constant::shift, n = shifted - constant::shift;
  const Vec reduced = high - n * constant::ln2_high;
  const Vec correction = low - n * constant::ln2_low;
  const Vec r = reduced + correction;
  const Vec lost = (reduced - r) + correction;
  return {r + (r * r * exp_tail(r) + lost), bits(shifted) - bits(broadcast(constant::shift))};
}

/// n/2 rounded down, for |n| < 4096: most instruction sets have no arithmetic shift for 64 bits.
NADIR_INLINE Int half_of(Int n) { return (Int)((Unsigned)(n + 4096) >> 1) - 2048; }

NADIR_INLINE Vec exp_sum(Vec high, Vec low) {
  const PowerParts power = exp_parts(high, low);
  const Int half = half_of(power.exponent);
  return (1.0 + power.fraction) * power_of_two(half) * power_of_two(power.exponent - half);
}

/// What exp gives outside (−746, 710).
NADIR_INLINE Vec exp_outside(Vec x) {
  return select(x > 0.0, broadcast(constant::infinity), select(x < 0.0, broadcast(0.0), x));
}

NADIR_INLINE Vec exp(Vec x) {
  const Int inside = (x > -746.0) & (x < 710.0);
  return select(inside, exp_sum(select(inside, x, broadcast(0.0)), broadcast(0.0)), exp_outside(x));
}

NADIR_INLINE Vec expm1(Vec x) {
  const Int small = x < 40.0, tiny = x < -40.0;
  const PowerParts power = exp_parts(select(small & ~tiny, x, broadcast(0.0)), broadcast(0.0));
  const Vec scale = power_of_two(power.exponent);
  const Vec usual = (scale - 1.0) + scale * power.fraction;
  const Vec below = select(tiny, broadcast(-1.0), usual);
  return any(~small) ? select(small, below, exp(x)) : below;
}

/// (e^z − 1)/z, 1 at z = 0.
NADIR_INLINE Vec exp_ratio(Vec z) {
  const Vec growth = expm1(z);
  const Vec quotient = select(growth < constant::infinity, growth / z, growth);
  return select(z == 0.0, broadcast(1.0), quotient);
}

NADIR_INLINE Vec log_tail(Vec z) {
  const Vec z2 = z * z;
  const Vec p01 = 0x1.5555555555555p-1 + 0x1.9999999999a3ap-2 * z;
  const Vec p23 = 0x1.24924924767efp-2 + 0x1.c71c7201d8dfep-3 * z;
  const Vec p45 = 0x1.745cf8d2a428dp-3 + 0x1.3b1c3f5a20c43p-3 * z;
  const Vec p67 = 0x1.0fbd97d374304p-3 + 0x1.0c0d817569a46p-3 * z;
  return (p01 + p23 * z2) + (z2 * z2) * (p45 + p67 * z2);
}

/// x = 2^exponent · mantissa with a mantissa in [√½, √2), for normal x > 0.
struct Split {
  Vec mantissa, exponent;
};

NADIR_INLINE Split split(Vec x) {
  constexpr long long root_half = 0x3fe6a09e667f3bcdLL;
  const Int b = bits(x);
  // The exponent without an arithmetic shift: from a bias that keeps it positive.
  const Int exponent = (Int)((Unsigned)(b - root_half + (1LL << 62)) >> 52) - 1024;
  return {from_bits(b - (exponent << 52)), from_bits(exponent + bits(broadcast(constant::shift))) - constant::shift};
}

struct PairParts {
  Vec high, low;
};

/// log x for finite x > 0.
NADIR_INLINE PairParts log_pair(Vec x) {
  const Int subnormal = x < 0x1p-1022;
  const auto [m, plain] = split(select(subnormal, x * 0x1p54, x));
  const Vec n = select(subnormal, plain - 54.0, plain);

  const Vec top = m - 1.0, bottom = m + 1.0;
  const Vec bottom_lost = m - (bottom - 1.0);
  const Vec inverse = 1.0 / bottom;
  const Vec s_head = head(top * inverse), bottom_head = head(bottom);
  const Vec bottom_rest = (bottom - bottom_head) + bottom_lost;
  const Vec s_low = ((top - s_head * bottom_head) - s_head * bottom_rest) * inverse;
  const Vec s = s_head + s_low, z = s * s;

  const Vec first = n * constant::ln2_high, second = 2.0 * s_head;
  const Vec large = first + second;
  const Vec lost = second - (large - first);
  const Vec small = lost + (2.0 * s_low + (s * (z * log_tail(z)) + n * constant::ln2_low));
  const Vec sum = large + small;
  return {sum, (large - sum) + small};
}

NADIR_INLINE Vec log(Vec x) {
  const Int usual = (x > 0.0) & (x < constant::infinity);
  const Vec inside = log_pair(select(usual, x, broadcast(1.0))).high;
  const Vec edge = select(x == 0.0, broadcast(-constant::infinity), select(x > 0.0, x, broadcast(constant::nan)));
  return select(usual, inside, edge);
}

/// x^y for x = 0, x = ∞ or what is no number.
NADIR_INLINE Vec pow_edge(Vec x, Vec y) {
  const Vec grows = select((x == 0.0) == (y > 0.0), broadcast(0.0), broadcast(constant::infinity));
  return select(x >= 0.0, select(y == y, grows, broadcast(constant::nan)), broadcast(constant::nan));
}

/// x^y within |y·log x| + 2 units of the last place, exactly 1 for x = 1: for the equations, at half
/// the price.
NADIR_INLINE Vec plain_pow(Vec x, Vec y) {
  const Int usual = (x > 0.0) & (x < constant::infinity);
  const auto [m, n] = split(select(usual, larger(x, broadcast(0x1p-1022)), broadcast(1.0)));
  const Vec s = (m - 1.0) / (m + 1.0), z = s * s;
  const Vec l = n * constant::ln2_high + (2.0 * s + (s * (z * log_tail(z)) + n * constant::ln2_low));
  const Vec power = exp(y * l);
  return any(~usual) ? select(usual, power, pow_edge(x, y)) : power;
}

NADIR_INLINE Vec pow(Vec x, Vec y) {
  const Int usual = (x > 0.0) & (x < constant::infinity);
  const PairParts l = log_pair(select(usual, x, broadcast(1.0)));
  const Vec product = y * l.high;
  const Vec y_head = head(y), l_head = head(l.high);
  const Vec y_rest = y - y_head, l_rest = l.high - l_head;
  const Vec lost = ((y_head * l_head - product) + y_head * l_rest + y_rest * l_head) + y_rest * l_rest;
  const Int inside = (product > -746.0) & (product < 710.0);
  const Vec power = exp_sum(select(inside, product, broadcast(0.0)), select(inside, lost + y * l.low, broadcast(0.0)));
  const Vec finite = select(inside, power, exp_outside(product));
  const Vec all = any(~usual) ? select(usual, finite, pow_edge(x, y)) : finite;
  return select((x == 1.0) | (y == 0.0), broadcast(1.0), all);
}

NADIR_INLINE Vec square_root(Vec x) {
  Vec result;
  for (int i = 0; i < vector_length; ++i) result[i] = __builtin_sqrt(x[i]);
  return result;
}

}  // namespace

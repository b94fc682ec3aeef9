#pragma once
/// Counts as polynomials in θ: values, signs, roots.

#include "sim/lanes/isa/vector.hpp"
#include "sim/lanes/kernels.hpp"
#include "sim/math/elementary.hpp"

namespace {

/// Σ c[k]·θ^k by row.
static void polynomial_at(const double* c, int degree, const double* theta, double* out) {
  NADIR_CHUNKS(i) {
    const Vec x = load(theta + i);
    Vec sum = load(c + degree * width + i);
    for (int k = degree - 1; k >= 0; --k) sum = sum * x + load(c + k * width + i);
    store(out + i, sum);
  }
}

/// ∫₀^θ of the same.
static void integral_at(const double* c, int degree, const double* theta, double* out) {
  NADIR_CHUNKS(i) {
    const Vec x = load(theta + i);
    Vec sum = load(c + degree * width + i) * (1.0 / (degree + 1));
    for (int k = degree - 1; k >= 0; --k) sum = sum * x + load(c + k * width + i) * (1.0 / (k + 1));
    store(out + i, sum * x);
  }
}

/// C(m, j)/C(n, j): what turns the coefficients of a polynomial of degree n into its Bernstein coefficients.
template <int n>
struct BernsteinWeights {
  double w[n + 1][n + 1];
  constexpr BernsteinWeights() : w() {
    for (int m = 0; m <= n; ++m) {
      double weight = 1.0;
      for (int j = 0; j <= m; ++j) {
        w[m][j] = weight;
        weight *= static_cast<double>(m - j) / static_cast<double>(n - j > 0 ? n - j : 1);
      }
    }
  }
};
constexpr BernsteinWeights<nadir::lanes::order - 1> weights_of_taylor;
constexpr BernsteinWeights<3> weights_of_quartic;

/// Lanes whose derivative, of degree n, changes its sign once among its Bernstein coefficients, and more often: none,
/// and it has no root within (0, 1); once, and it has one (Descartes' rule).
template <int n>
NADIR_INLINE void turning(const BernsteinWeights<n>& weights, const double* c, int i, unsigned& once, unsigned& more) {
  Vec d[n + 1];
  for (int j = 0; j <= n; ++j) d[j] = static_cast<double>(j + 1) * load(c + (j + 1) * width + i);
  Int turned = bits(broadcast(0.0)), turned_more = turned;
  Vec last = d[0];
  for (int m = 1; m <= n; ++m) {
    Vec sum = d[0];
    for (int j = 1; j <= m; ++j) sum += weights.w[m][j] * d[j];
    const Int changes = sum * last < 0.0;
    turned_more |= turned & changes;
    turned |= changes;
    last = select(sum != 0.0, sum, last);
  }
  once |= lanes_of(turned & ~turned_more) << i;
  more |= lanes_of(turned_more) << i;
}

/// What is needed of a step at first sight.
static void outline(const double* c, int degree, const double* levels, int level_count, nadir::lanes::Outline& out) {
  out.turns = out.turns_more = out.falls_first = out.falls_last = 0;
  for (int j = 0; j < level_count; ++j) out.below_first[j] = out.below_last[j] = 0;
  NADIR_CHUNKS(i) {
    const Vec first = load(c + i), steep = load(c + width + i);
    Vec end = first + steep, slope = steep, area = first + 0.5 * steep;
    for (int k = 2; k <= degree; ++k) {
      const Vec term = load(c + k * width + i);
      end += term;
      slope += static_cast<double>(k) * term;
      area += (1.0 / (k + 1)) * term;
    }
    store(out.end + i, end);
    store(out.area + i, area);
    if (degree == nadir::lanes::order) {
      turning(weights_of_taylor, c, i, out.turns, out.turns_more);
    } else {
      turning(weights_of_quartic, c, i, out.turns, out.turns_more);
    }
    out.falls_first |= lanes_of(steep < 0.0) << i;
    out.falls_last |= lanes_of((slope < 0.0) | ((slope == 0.0) & (end < first))) << i;
    for (int j = 0; j < level_count; ++j) {
      out.below_first[j] |= lanes_of(first < levels[j]) << i;
      out.below_last[j] |= lanes_of(end < levels[j]) << i;
    }
  }
}

/// The θ between `low` and `high` at which each lane's polynomial is `level`, where it is monotone and lies on both
/// sides of the level: Newton's method inside a shrinking bracket. A lane that has arrived stands still.
static void solve(const double* c, int degree, const double* level, const double* low, const double* high,
                  double* theta) {
  NADIR_CHUNKS(i) {
    Vec a = load(low + i), b = load(high + i);
    const Vec target = load(level + i);
    const auto value = [&](Vec x) __attribute__((always_inline)) {
      Vec sum = load(c + degree * width + i);
      for (int k = degree - 1; k >= 0; --k) sum = sum * x + load(c + k * width + i);
      return sum - target;
    };
    const Vec at_a = value(a), at_b = value(b);
    const Int rises = at_b > at_a;
    // The first guess: where the straight line between the ends meets the level.
    Vec x = a - at_a * ((b - a) / (at_b - at_a));
    x = select((x > a) & (x < b), x, 0.5 * (a + b));
    Int moving = b > a;
    for (int round = 0; round < 100 && any(moving); ++round) {
      Vec sum = load(c + degree * width + i), slope = broadcast(0.0);
      for (int k = degree - 1; k >= 0; --k) {
        slope = slope * x + sum;
        sum = sum * x + load(c + k * width + i);
      }
      const Vec off = sum - target;
      const Int above = (off > 0.0) == rises;
      b = select(moving & above, x, b);
      a = select(moving & ~above, x, a);
      const Vec newton = x - off / slope;
      const Vec middle = 0.5 * (a + b);
      const Vec next = select((newton > a) & (newton < b), newton, middle);
      const Int arrived = (off == 0.0) | (absolute(next - x) <= 4e-16 * absolute(x) + 1e-18);
      x = select(moving & (off != 0.0), next, x);
      moving &= ~arrived;
    }
    store(theta + i, x);
  }
}

}  // namespace

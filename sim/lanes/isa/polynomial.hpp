/// Counts as polynomials in θ: values, signs, roots.

namespace {

using nadir::lanes::most_degree;

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

/// What is needed of a step at first sight.
static unsigned outline(const double* c, int degree, const nadir::lanes::Outline& out) {
  unsigned monotone = 0;
  NADIR_CHUNKS(i) {
    const Vec first = load(c + width + i);
    Vec end = load(c + i) + first, slope = first, area = load(c + i) + 0.5 * first, others = broadcast(0.0);
    for (int k = 2; k <= degree; ++k) {
      const Vec term = load(c + k * width + i), steep = static_cast<double>(k) * term;
      end += term;
      slope += steep;
      others += absolute(steep);
      area += (1.0 / (k + 1)) * term;
    }
    store(out.end + i, end);
    store(out.slope + i, slope);
    store(out.area + i, area);
    monotone |= lanes_of(absolute(first) > others) << i;
  }
  return monotone;
}

/// Sign changes among the Bernstein coefficients of each lane's derivative: none, and it has no root within (0, 1);
/// one, and it has one (Descartes' rule).
static void turning_points(const double* c, int degree, double* changes) {
  const int n = degree - 1;  // degree of the derivative
  NADIR_CHUNKS(i) {
    Vec count = broadcast(0.0), last = broadcast(0.0);
    for (int m = 0; m <= n; ++m) {
      // b_m = Σ_j C(m, j)/C(n, j)·d_j, the weights from one another.
      Vec sum = broadcast(0.0);
      double weight = 1.0;
      for (int j = 0; j <= m; ++j) {
        sum += weight * static_cast<double>(j + 1) * load(c + (j + 1) * width + i);
        weight *= static_cast<double>(m - j) / static_cast<double>(n - j > 0 ? n - j : 1);
      }
      count += select(sum * last < 0.0, broadcast(1.0), broadcast(0.0));
      last = select(sum != 0.0, sum, last);
    }
    store(changes + i, count);
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

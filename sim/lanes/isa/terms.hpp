/// Taylor coefficients of single operations, one after another, for all lanes at once.

namespace {

using nadir::lanes::Code;
using nadir::lanes::Crew;
using nadir::lanes::Instruction;
using nadir::lanes::Op;

/// Registers summed at the same time: enough to hide the latency of an addition, few enough to stay in registers.
constexpr int group = chunks < 4 ? chunks : 4;
#define NADIR_GROUPS(i) for (int i = 0; i < width; i += group * vector_length)

/// Σ a[j]·b[k−j] for j from `first` to `last`.
NADIR_INLINE void convolution(const double* a, const double* b, int k, int first, int last, int i, Vec (&sum)[group]) {
  for (int u = 0; u < group; ++u) sum[u] = broadcast(0.0);
  const double* left = a + first * width + i;
  const double* right = b + (k - first) * width + i;
  for (int j = first; j <= last; ++j, left += width, right -= width)
    for (int u = 0; u < group; ++u) sum[u] += load(left + u * vector_length) * load(right + u * vector_length);
}

/// The same with each term times j.
NADIR_INLINE void weighted(const double* a, const double* b, int k, int first, int last, int i, Vec (&sum)[group]) {
  for (int u = 0; u < group; ++u) sum[u] = broadcast(0.0);
  for (int j = first; j <= last; ++j) {
    const double weight = j;
    for (int u = 0; u < group; ++u)
      sum[u] +=
          weight * (load(a + j * width + i + u * vector_length) * load(b + (k - j) * width + i + u * vector_length));
  }
}

/// Σ a[j]·b[k−j] for j < k, plain and with each term times j.
NADIR_INLINE void both_sums(const double* a, const double* b, int k, int i, Vec (&plain)[group],
                            Vec (&by_index)[group]) {
  for (int u = 0; u < group; ++u) plain[u] = by_index[u] = broadcast(0.0);
  const double* left = a + i;
  const double* right = b + k * width + i;
  double weight = 0.0;
  for (int j = 0; j < k; ++j, left += width, right -= width, weight += 1.0) {
    for (int u = 0; u < group; ++u) {
      const Vec term = load(left + u * vector_length) * load(right + u * vector_length);
      plain[u] += term;
      by_index[u] += weight * term;
    }
  }
}

// One function for each operation, and for each way in which its operands move or stand still. `k`: the coefficient.

using nadir::lanes::Term;

static void copy_term(const Term& t, int k) { NADIR_CHUNKS(i) store(t.to + k * width + i, load(t.a + k * width + i)); }
static void negate_term(const Term& t, int k) {
  NADIR_CHUNKS(i) store(t.to + k * width + i, -load(t.b + k * width + i));
}
static void add_moving(const Term& t, int k) {
  NADIR_CHUNKS(i) store(t.to + k * width + i, load(t.a + k * width + i) + load(t.b + k * width + i));
}
static void add_still(const Term& t, int k) {  // a moves, b stands still
  if (k > 0) return copy_term(t, k);
  NADIR_CHUNKS(i) store(t.to + i, load(t.a + i) + load(t.b + i));
}
static void sub_moving(const Term& t, int k) {
  NADIR_CHUNKS(i) store(t.to + k * width + i, load(t.a + k * width + i) - load(t.b + k * width + i));
}
static void sub_still(const Term& t, int k) {
  if (k > 0) return copy_term(t, k);
  NADIR_CHUNKS(i) store(t.to + i, load(t.a + i) - load(t.b + i));
}
static void sub_from_still(const Term& t, int k) {
  if (k > 0) return negate_term(t, k);
  NADIR_CHUNKS(i) store(t.to + i, load(t.a + i) - load(t.b + i));
}
static void difference_moving(const Term& t, int k) {
  NADIR_CHUNKS(i)
  store(t.to + k * width + i, load(t.c + i) * (load(t.a + k * width + i) - load(t.b + k * width + i)));
}
static void difference_still(const Term& t, int k) {
  NADIR_CHUNKS(i) {
    const Vec still = k > 0 ? broadcast(0.0) : load(t.b + i);
    store(t.to + k * width + i, load(t.c + i) * (load(t.a + k * width + i) - still));
  }
}
static void difference_from_still(const Term& t, int k) {
  NADIR_CHUNKS(i) {
    const Vec still = k > 0 ? broadcast(0.0) : load(t.a + i);
    store(t.to + k * width + i, load(t.c + i) * (still - load(t.b + k * width + i)));
  }
}
static void mul_still(const Term& t, int k) {
  NADIR_CHUNKS(i) store(t.to + k * width + i, load(t.a + k * width + i) * load(t.b + i));
}
static void mul_moving(const Term& t, int k) {
  NADIR_GROUPS(i) {
    Vec sum[group];
    convolution(t.a, t.b, k, 0, k, i, sum);
    for (int u = 0; u < group; ++u) store(t.to + k * width + i + u * vector_length, sum[u]);
  }
}
static void product_term(const Term& t, int k) {
  NADIR_GROUPS(i) {
    Vec sum[group];
    convolution(t.a, t.b, k, 0, k, i, sum);
    for (int u = 0; u < group; ++u) {
      const int at = i + u * vector_length;
      store(t.to + k * width + at, load(t.c + at) * sum[u]);
    }
  }
}
static void excess_term(const Term& t, int k) {
  if (k > 0) return mul_moving(t, k);
  NADIR_CHUNKS(i) store(t.to + i, load(t.a + i) * load(t.b + i) - load(t.c + i));
}
static void complement_term(const Term& t, int k) {
  if (k == 0) {
    NADIR_CHUNKS(i) store(t.to + i, load(t.c + i) - load(t.b + i) * load(t.a + i));
    return;
  }
  NADIR_CHUNKS(i) store(t.to + k * width + i, -load(t.b + i) * load(t.a + k * width + i));
}
static void div_by_still(const Term& t, int k) {
  NADIR_CHUNKS(i) store(t.to + k * width + i, load(t.a + k * width + i) / load(t.b + i));
}

/// (a − Σ to·b)/b₀, where a is a series or stands still.
NADIR_INLINE void quotient(const Term& t, int k, bool still) {
  NADIR_GROUPS(i) {
    Vec sum[group];
    convolution(t.to, t.b, k, 0, k - 1, i, sum);
    for (int u = 0; u < group; ++u) {
      const int at = i + u * vector_length;
      if (k == 0) {
        store(t.inverse + at, 1.0 / load(t.b + at));
        store(t.to + at, load(t.a + at) / load(t.b + at));
      } else {
        const Vec top = still ? broadcast(0.0) : load(t.a + k * width + at);
        store(t.to + k * width + at, (top - sum[u]) * load(t.inverse + at));
      }
    }
  }
}
static void div_moving(const Term& t, int k) { quotient(t, k, false); }
static void div_still(const Term& t, int k) { quotient(t, k, true); }

/// y = x^p: k·x₀·y_k = Σ_{j<k} (p(k − j) − j) x_{k−j} y_j.
NADIR_INLINE void power_series(const Term& t, int k, bool inverted) {
  NADIR_GROUPS(i) {
    if (k == 0) {
      for (int u = 0; u < group; ++u) {
        const int at = i + u * vector_length;
        const Vec x = load(t.a + at);
        store(t.inverse + at, 1.0 / x);
        store(t.to + at, inverted ? pow(load(t.c + at) / x, load(t.b + at)) : pow(x, load(t.b + at)));
      }
      continue;
    }
    Vec plain[group], by_index[group];
    both_sums(t.to, t.a, k, i, plain, by_index);
    for (int u = 0; u < group; ++u) {
      const int at = i + u * vector_length;
      const Vec p = inverted ? -load(t.b + at) : load(t.b + at);
      const Vec sum = p * plain[u] - (1.0 / k) * ((p + 1.0) * by_index[u]);
      store(t.to + k * width + at, sum * load(t.inverse + at));
    }
  }
}
static void pow_term(const Term& t, int k) { power_series(t, k, false); }
static void power_term(const Term& t, int k) { power_series(t, k, true); }

static void exp_term(const Term& t, int k) {
  NADIR_GROUPS(i) {
    Vec sum[group];
    weighted(t.a, t.to, k, 1, k, i, sum);
    for (int u = 0; u < group; ++u) {
      const int at = i + u * vector_length;
      store(t.to + k * width + at, k == 0 ? exp(load(t.a + at)) : sum[u] * (1.0 / k));
    }
  }
}

static void log_term(const Term& t, int k) {
  NADIR_GROUPS(i) {
    Vec sum[group];
    weighted(t.to, t.a, k, 1, k - 1, i, sum);
    for (int u = 0; u < group; ++u) {
      const int at = i + u * vector_length;
      if (k == 0) {
        store(t.inverse + at, 1.0 / load(t.a + at));
        store(t.to + at, log(load(t.a + at)));
      } else {
        store(t.to + k * width + at, (load(t.a + k * width + at) - sum[u] * (1.0 / k)) * load(t.inverse + at));
      }
    }
  }
}

static void sqrt_term(const Term& t, int k) {
  NADIR_GROUPS(i) {
    Vec sum[group];
    convolution(t.to, t.to, k, 1, k - 1, i, sum);
    for (int u = 0; u < group; ++u) {
      const int at = i + u * vector_length;
      if (k == 0) {
        const Vec root = square_root(load(t.a + at));
        store(t.inverse + at, 0.5 / root);
        store(t.to + at, root);
      } else {
        store(t.to + k * width + at, (load(t.a + k * width + at) - sum[u]) * load(t.inverse + at));
      }
    }
  }
}

/// Both operands of a sum or product may stand still on either side; `a` is then the one that moves.
static void order_operands(Term& t, bool& a_still, bool& b_still) {
  if (!a_still) return;
  const double* moving = t.b;
  t.b = t.a;
  t.a = moving;
  a_still = b_still;
  b_still = true;
}

static void prepare(const Code& code, Crew& crew) {
  const auto memory = [&](int row) {
    return row < code.constants ? crew.values + row * width : crew.series + series_at(code, row, 0);
  };
  for (int n = 0; n < code.instructions; ++n) {
    const Instruction& in = code.body[n];
    Term t{nullptr, memory(in.a), memory(in.b), memory(in.c), memory(in.to), crew.inverses + n * width};
    bool a_still = in.a < code.constants, b_still = in.b < code.constants;
    switch (in.op) {
      case Op::add:
        order_operands(t, a_still, b_still);
        t.run = b_still ? add_still : add_moving;
        break;
      case Op::sub:
        t.run = a_still ? sub_from_still : b_still ? sub_still : sub_moving;
        break;
      case Op::difference:
        t.run = a_still ? difference_from_still : b_still ? difference_still : difference_moving;
        break;
      case Op::mul:
        order_operands(t, a_still, b_still);
        t.run = b_still ? mul_still : mul_moving;
        break;
      case Op::div:
        t.run = b_still ? div_by_still : a_still ? div_still : div_moving;
        break;
      case Op::product:
        t.run = product_term;
        break;
      case Op::excess:
        t.run = excess_term;
        break;
      case Op::complement:
        t.run = complement_term;
        break;
      case Op::exp:
        t.run = exp_term;
        break;
      case Op::log:
        t.run = log_term;
        break;
      case Op::sqrt:
        t.run = sqrt_term;
        break;
      case Op::pow:
        t.run = pow_term;
        break;
      case Op::power:
        t.run = power_term;
        break;
    }
    crew.terms[n] = t;
  }
}

/// Coefficient k of every instruction's result.
NADIR_INLINE void run_order(const Code& code, const Crew& crew, int k) {
  for (int n = 0; n < code.instructions; ++n) crew.terms[n].run(crew.terms[n], k);
}

}  // namespace

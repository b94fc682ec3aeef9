#pragma once
/// Taylor coefficients of single operations, for all lanes at once.

#include "sim/lanes/crew.hpp"
#include "sim/lanes/isa/elementary.hpp"
#include "sim/lanes/isa/sums.hpp"

namespace {

// One function for each operation, and for each way in which its operands move or stand still. `k`: the coefficient.

/// Where coefficient k of a result goes: into its row, or, where it is nothing but the rate of change of a state, into
/// the state's next coefficient.
template <bool rate>
NADIR_INLINE void put(const Term& t, int k, int at, Vec x) {
  if constexpr (rate) {
    if (k == nadir::lanes::order) return;  // the states have no further coefficient
    store(t.to + (k + 1) * width + at, x * reciprocal.of[k + 1]);
  } else {
    store(t.to + k * width + at, x);
  }
}

static void copy_term(const Term& t, int k) { NADIR_CHUNKS(i) store(t.to + k * width + i, load(t.a + k * width + i)); }
static void negate_term(const Term& t, int k) {
  NADIR_CHUNKS(i) store(t.to + k * width + i, -load(t.b + k * width + i));
}
template <bool rate>
static void add_moving(const Term& t, int k) {
  NADIR_CHUNKS(i) put<rate>(t, k, i, load(t.a + k * width + i) + load(t.b + k * width + i));
}
static void add_still(const Term& t, int k) {  // a moves, b stands still
  if (k > 0) return copy_term(t, k);
  NADIR_CHUNKS(i) store(t.to + i, load(t.a + i) + load(t.b + i));
}
template <bool rate>
static void sub_moving(const Term& t, int k) {
  NADIR_CHUNKS(i) put<rate>(t, k, i, load(t.a + k * width + i) - load(t.b + k * width + i));
}
static void sub_still(const Term& t, int k) {
  if (k > 0) return copy_term(t, k);
  NADIR_CHUNKS(i) store(t.to + i, load(t.a + i) - load(t.b + i));
}
static void sub_from_still(const Term& t, int k) {
  if (k > 0) return negate_term(t, k);
  NADIR_CHUNKS(i) store(t.to + i, load(t.a + i) - load(t.b + i));
}
template <bool rate>
static void difference_moving(const Term& t, int k) {
  NADIR_CHUNKS(i)
  put<rate>(t, k, i, load(t.c + i) * (load(t.a + k * width + i) - load(t.b + k * width + i)));
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
template <bool rate>
static void mul_still(const Term& t, int k) {
  NADIR_CHUNKS(i) put<rate>(t, k, i, load(t.a + k * width + i) * load(t.b + i));
}
template <bool rate>
static void mul_moving(const Term& t, int k) {
  NADIR_GROUPS(i) {
    Vec sum[group];
    convolution(t.a, t.b, k, 0, k, i, sum);
    for (int u = 0; u < group; ++u) put<rate>(t, k, i + u * vector_length, sum[u]);
  }
}
template <bool rate>
static void product_term(const Term& t, int k) {
  NADIR_GROUPS(i) {
    Vec sum[group];
    convolution(t.a, t.b, k, 0, k, i, sum);
    for (int u = 0; u < group; ++u) {
      const int at = i + u * vector_length;
      put<rate>(t, k, at, load(t.c + at) * sum[u]);
    }
  }
}
static void excess_term(const Term& t, int k) {
  if (k > 0) return mul_moving<false>(t, k);
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
        const Vec x = load(t.a + at), inverse = 1.0 / x;
        store(t.inverse + at, inverse);
        store(t.to + at, inverted ? plain_pow(load(t.c + at) / x, load(t.b + at)) : plain_pow(x, load(t.b + at)));
      }
      continue;
    }
    Vec plain[group], by_index[group];
    both_sums(t.to, t.a, k, i, plain, by_index);
    for (int u = 0; u < group; ++u) {
      const int at = i + u * vector_length;
      const Vec p = inverted ? -load(t.b + at) : load(t.b + at);
      const Vec sum = p * plain[u] - reciprocal.of[k] * ((p + 1.0) * by_index[u]);
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
      store(t.to + k * width + at, k == 0 ? exp(load(t.a + at)) : sum[u] * reciprocal.of[k]);
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
        store(t.to + k * width + at, (load(t.a + k * width + at) - sum[u] * reciprocal.of[k]) * load(t.inverse + at));
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

}  // namespace

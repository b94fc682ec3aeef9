#pragma once
/// Drugs in closed form: their Taylor coefficients, and their exact course over a step.

#include "sim/lanes/crew.hpp"
#include "sim/lanes/isa/elementary.hpp"

namespace {

/// ∫₀ˢ e^{−a(s−r)} e^{−b r} dr without cancellation where a and b are near.
NADIR_INLINE Vec convolve(Vec a, Vec b, Vec s) { return s * exp(-smaller(a, b) * s) * exp_ratio(-absolute(a - b) * s); }

/// The mode's part of the central amount after `s` days.
NADIR_INLINE Vec mode_after(const Modes& drug, int m, Vec s, int i) {
  const Vec rate = load(drug.rate[m] + i);
  Vec amount = load(drug.amount[m] + i) * exp(-rate * s);
  if (!drug.depot) return amount;
  const Vec waiting = load(drug.absorbing + i);
  if (!any(waiting != 0.0)) return amount;
  return amount + load(drug.coupling[m] + i) * waiting * convolve(rate, load(drug.ka + i), s);
}

/// The coefficients of a drug's modes and depot, kept from one to the next.
struct ModeSeries {
  double mode[Modes::most][width] __attribute__((aligned(64)));
  double depot[width] __attribute__((aligned(64)));
};

/// Coefficient 0 of the central amount.
NADIR_INLINE void modes_begin(const Modes& drug, ModeSeries& now, double* out) {
  NADIR_CHUNKS(i) {
    Vec sum = load(drug.steady + i);
    for (int m = 0; m < drug.modes; ++m) {
      const Vec amount = load(drug.amount[m] + i);
      store(now.mode[m] + i, amount);
      sum += amount;
    }
    store(out + i, sum);
  }
  if (drug.depot) NADIR_CHUNKS(i) store(now.depot + i, load(drug.absorbing + i));
}

/// Coefficient k > 0 from the one before: k·q_k = −λ q_{k−1} + w d_{k−1}.
NADIR_INLINE void modes_next(const Modes& drug, int k, ModeSeries& now, double* out) {
  const double inverse = -reciprocal.of[k];
  if (drug.depot) {
    NADIR_CHUNKS(i) {
      const Vec depot = load(now.depot + i);
      Vec sum = broadcast(0.0);
      for (int m = 0; m < drug.modes; ++m) {
        const Vec gone = load(drug.rate[m] + i) * load(now.mode[m] + i) - load(drug.coupling[m] + i) * depot;
        const Vec next = gone * inverse;
        store(now.mode[m] + i, next);
        sum += next;
      }
      store(now.depot + i, load(drug.ka + i) * depot * inverse);
      store(out + i, sum);
    }
    return;
  }
  NADIR_CHUNKS(i) {
    Vec sum = broadcast(0.0);
    for (int m = 0; m < drug.modes; ++m) {
      const Vec next = load(drug.rate[m] + i) * load(now.mode[m] + i) * inverse;
      store(now.mode[m] + i, next);
      sum += next;
    }
    store(out + i, sum);
  }
}

/// Central amount after `s` days (a row).
NADIR_INLINE void modes_at(const Modes& drug, const double* s, double* out) {
  NADIR_CHUNKS(i) {
    const Vec after = load(s + i);
    Vec sum = load(drug.steady + i);
    for (int m = 0; m < drug.modes; ++m) sum += mode_after(drug, m, after, i);
    store(out + i, sum);
  }
}

/// Rate of change of the central amount now.
NADIR_INLINE void modes_slope(const Modes& drug, double* out) {
  NADIR_CHUNKS(i) {
    Vec sum = broadcast(0.0);
    for (int m = 0; m < drug.modes; ++m) {
      sum -= load(drug.rate[m] + i) * load(drug.amount[m] + i);
      if (drug.depot) sum += load(drug.coupling[m] + i) * load(drug.absorbing + i);
    }
    store(out + i, sum);
  }
}

NADIR_INLINE bool all_zero(const double* row) {
  Int found = bits(broadcast(0.0));
  NADIR_CHUNKS(i) found |= load(row + i) != 0.0;
  return !any(found);
}

/// Moves on by a row of times. A mode that has become smaller than `cut` times the peak is dropped, so that it cannot
/// hold the steps of the equations.
NADIR_INLINE void modes_move(const Modes& drug, const double* elapsed, double cut) {
  const bool depot = drug.depot && !all_zero(drug.absorbing);
  bool empty[Modes::most];
  for (int m = 0; m < drug.modes; ++m) empty[m] = !depot && all_zero(drug.amount[m]);
  NADIR_CHUNKS(i) {
    const Vec s = load(elapsed + i);
    Vec after[Modes::most], size = absolute(load(drug.steady + i));
    for (int m = 0; m < drug.modes; ++m) {
      after[m] = empty[m] ? broadcast(0.0) : mode_after(drug, m, s, i);
      size += absolute(after[m]);
    }
    const Vec peak = larger(load(drug.peak + i), size);
    store(drug.peak + i, peak);
    Int fed = peak != peak;
    if (depot) {
      const Vec waiting = load(drug.absorbing + i) * exp(-load(drug.ka + i) * s);
      const Vec depot_peak = larger(load(drug.depot_peak + i), absolute(waiting));
      fed = absolute(waiting) > cut * depot_peak;
      store(drug.absorbing + i, select(fed, waiting, broadcast(0.0)));
      store(drug.depot_peak + i, depot_peak);
    }
    for (int m = 0; m < drug.modes; ++m) {
      const Int felt = fed | (absolute(after[m]) > cut * peak);
      store(drug.amount[m] + i, select(felt, after[m], broadcast(0.0)));
    }
  }
}

}  // namespace

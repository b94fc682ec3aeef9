/// Drugs in closed form: their Taylor coefficients, and their exact course over a step.

namespace {

using nadir::lanes::Modes;
using nadir::lanes::order;
using nadir::lanes::width;

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

/// Coefficient k of the central amount into `out`; those of modes and depot stand in `scratch` (4 rows) from call to
/// call.
NADIR_INLINE void modes_series(const Modes& drug, int k, double* scratch, double* out) {
  const double inverse = k > 0 ? 1.0 / k : 1.0;
  NADIR_CHUNKS(i) {
    Vec sum = k == 0 ? load(drug.steady + i) : broadcast(0.0);
    Vec depot = broadcast(0.0);
    if (drug.depot) {
      depot = load(scratch + 3 * width + i);
      const Vec now = k == 0 ? load(drug.absorbing + i) : -load(drug.ka + i) * depot * inverse;
      store(scratch + 3 * width + i, now);
    }
    for (int m = 0; m < drug.modes; ++m) {
      Vec now;
      if (k == 0) {
        now = load(drug.amount[m] + i);
      } else {
        Vec rate = -load(drug.rate[m] + i) * load(scratch + m * width + i);
        if (drug.depot) rate += load(drug.coupling[m] + i) * depot;
        now = rate * inverse;
      }
      store(scratch + m * width + i, now);
      sum += now;
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

/// Moves on by a row of times. A mode that has become smaller than `cut` times the peak is dropped, so that it cannot
/// hold the steps of the equations.
NADIR_INLINE void modes_move(const Modes& drug, const double* elapsed, double cut) {
  NADIR_CHUNKS(i) {
    const Vec s = load(elapsed + i);
    Vec after[Modes::most], size = absolute(load(drug.steady + i));
    for (int m = 0; m < drug.modes; ++m) {
      after[m] = mode_after(drug, m, s, i);
      size += absolute(after[m]);
    }
    const Vec peak = larger(load(drug.peak + i), size);
    store(drug.peak + i, peak);
    Int fed = peak != peak;
    if (drug.depot) {
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

#pragma once
/// What a trial sees: counts on the days of the blood tests. Sparse sampling shows a higher nadir and a shorter
/// duration.

#include <span>
#include <vector>

#include "sim/metric/curve.hpp"
#include "sim/metric/nadir.hpp"

namespace nadir {

/// Counts at visits in order of time. A missed visit is NaN and is passed over.
struct Visits {
  std::vector<double> times;   ///< [d]
  std::vector<double> counts;  ///< [10^9 cells/L]
};

/// The counts that tests at `times` would find.
Visits sample(const Curve& curve, std::span<const double> times);

/// The lowest count seen.
Low lowest_count(const Visits& visits);

/// Time below a threshold [d]: all of it, and the longest stretch without a count at or above it between.
struct LowSpells {
  double total = 0.0, longest = 0.0;
};

/// Time below the threshold when each count stands until the next visit, the last until `end` [d]: with daily tests the
/// number of days with a count below it.
LowSpells spells_below(const Visits& visits, double threshold, double end);

}  // namespace nadir

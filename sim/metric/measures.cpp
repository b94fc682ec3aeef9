#include "sim/metric/measures.hpp"

#include <limits>
#include <vector>

#include "sim/metric/below.hpp"
#include "sim/metric/nadir.hpp"
#include "sim/metric/visits.hpp"
#include "sim/metric/window.hpp"

namespace nadir {

Measures measure(const Curve& curve, const Thresholds& thresholds, double from, double to,
                 std::span<const double> visits) {
  Measures result;
  for (const MeasureRow& row : measure_rows) result.*row.member = std::numeric_limits<double>::quiet_NaN();
  if (!covers(curve, from, to) || !(to > from)) return result;

  const Low low = lowest_count(curve, from, to);
  result.nadir = low.count;
  result.nadir_time = low.time - from;
  result.recovery = recovery(curve, thresholds.recovery, low, to) - from;
  const auto severe = spells_below(curve, thresholds.severe, from, to);
  result.dsn = total(severe);
  result.dsn_longest = longest(severe);
  result.profound = total(spells_below(curve, thresholds.profound, from, to));
  result.area_severe = area_below(curve, thresholds.severe, from, to);
  result.area_1 = area_below(curve, 1.0, from, to);

  std::vector<double> times;
  for (const double day : visits)
    if (from + day <= to) times.push_back(from + day);
  const Visits seen = sample(curve, times);
  const Low seen_low = lowest_count(seen);
  result.nadir_visits = seen_low.count;
  result.nadir_visits_time = seen_low.time - from;
  if (seen_low.count != seen_low.count) return result;  // no test was made: nothing was seen, not "no severe day"
  const LowSpells spells = spells_below(seen, thresholds.severe, to);
  result.dsn_visits = spells.total;
  result.dsn_visits_longest = spells.longest;
  return result;
}

}  // namespace nadir

#include "sim/metric/visits.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/metric/window.hpp"

namespace nadir {

Visits sample(const Curve& curve, std::span<const double> times) {
  Visits visits;
  visits.times.assign(times.begin(), times.end());
  for (const double time : times) visits.counts.push_back(value(curve, time));
  return visits;
}

Low lowest_count(const Visits& visits) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  Low low{nan, nan};
  for (std::size_t i = 0; i < visits.times.size(); ++i)
    if (!std::isnan(visits.counts[i]) && !(visits.counts[i] >= low.count)) low = {visits.counts[i], visits.times[i]};
  return low;
}

LowSpells spells_below(const Visits& visits, double threshold, double end) {
  LowSpells result;
  bool below = false;
  double since = 0.0;
  const auto close = [&](double time) {
    result.total += time - since;
    result.longest = std::max(result.longest, time - since);
  };
  for (std::size_t i = 0; i < visits.times.size(); ++i) {
    if (std::isnan(visits.counts[i])) continue;
    const bool now = visits.counts[i] < threshold;
    if (now && !below) since = visits.times[i];
    if (!now && below) close(visits.times[i]);
    below = now;
  }
  if (below) close(end);
  return result;
}

}  // namespace nadir

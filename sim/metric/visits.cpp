#include "sim/metric/visits.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/metric/below.hpp"
#include "sim/metric/window.hpp"

namespace nadir {

namespace {

/// The spells between visits, taking each count to stand until the next.
std::vector<Spell> spells(const Visits& visits, double threshold, double end) {
  std::vector<Spell> result;
  bool below = false;
  for (std::size_t i = 0; i < visits.times.size(); ++i) {
    if (std::isnan(visits.counts[i])) continue;
    const bool now = visits.counts[i] < threshold;
    if (now && !below) result.push_back({visits.times[i], end});
    if (!now && below) result.back().end = visits.times[i];
    below = now;
  }
  return result;
}

}  // namespace

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

double time_below(const Visits& visits, double threshold, double end) { return total(spells(visits, threshold, end)); }

double longest_below(const Visits& visits, double threshold, double end) {
  return longest(spells(visits, threshold, end));
}

}  // namespace nadir

#include "sim/metric/trace.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/metric/visits.hpp"

namespace nadir {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A time with the integral of the count up to it.
struct Moment {
  double time, area;
};

/// What lies between two marks, asked threshold by threshold.
class Stretch {
 public:
  Stretch(const Trace& trace, const Marks& marks, const Window& window)
      : trace_(trace),
        from_{marks.times[window.from], trace.areas[window.from]},
        to_{marks.times[window.to], trace.areas[window.to]},
        first_(trace.values[window.from]),
        last_(trace.values[window.to]) {}

  bool covered() const { return first_ == first_ && last_ == last_ && to_.time > from_.time; }
  double begin() const { return from_.time; }
  double end() const { return to_.time; }

  Low lowest() const {
    Low low{first_, from_.time};
    for (const Low& turn : trace_.lows)
      if (turn.time >= from_.time && turn.time <= to_.time && turn.count < low.count) low = turn;
    return last_ < low.count ? Low{last_, to_.time} : low;
  }

  /// The first time at or after `low` at which the threshold is reached.
  double recovery(std::size_t threshold, double level, const Low& low) const {
    if (low.count >= level) return low.time;
    for (const Crossing& crossing : trace_.crossings[threshold])
      if (!crossing.below && crossing.time >= low.time && crossing.time <= to_.time) return crossing.time;
    return nan;
  }

  struct Below {
    double total = 0.0, longest = 0.0, area = 0.0;
  };
  Below below(std::size_t threshold, double level) const {
    Below result;
    double spell = 0.0, ended = -1.0;
    const auto add = [&](const Moment& a, const Moment& b) {
      // A touch of the threshold from below splits a spell by the rounding of a double root.
      spell = a.time - ended < 1e-6 ? spell + (b.time - a.time) : b.time - a.time;
      ended = b.time;
      result.total += b.time - a.time;
      result.longest = std::max(result.longest, spell);
      result.area += level * (b.time - a.time) - (b.area - a.area);
    };
    bool is_below = trace_.starts_below[threshold];
    Moment since = from_;
    for (const Crossing& crossing : trace_.crossings[threshold]) {
      if (crossing.time >= to_.time) break;
      const Moment here = crossing.time > from_.time ? Moment{crossing.time, crossing.area} : from_;
      if (is_below && !crossing.below && here.time > since.time) add(since, here);
      is_below = crossing.below;
      since = here;
    }
    if (is_below) add(since, to_);
    return result;
  }

 private:
  const Trace& trace_;
  Moment from_, to_;
  double first_, last_;
};

void measure_visits(const Trace& trace, const Thresholds& thresholds, const Marks& marks, const Window& window,
                    double from, double to, Measures& result) {
  thread_local Visits seen;  // its memory is used again
  seen.times.clear();
  seen.counts.clear();
  for (const std::size_t visit : window.visits) {
    seen.times.push_back(marks.times[visit]);
    seen.counts.push_back(trace.values[visit]);
  }
  const Low low = lowest_count(seen);
  result.nadir_visits = low.count;
  result.nadir_visits_time = low.time - from;
  if (low.count != low.count) return;  // no test was made: nothing was seen, not "no severe day"
  const LowSpells spells = spells_below(seen, thresholds.severe, to);
  result.dsn_visits = spells.total;
  result.dsn_visits_longest = spells.longest;
}

}  // namespace

void Trace::clear(std::size_t marks) {
  lows.clear();
  for (auto& list : crossings) list.clear();
  starts_below = {};
  values.assign(marks, nan);
  areas.assign(marks, nan);
}

Marks make_marks(std::span<const double> cycles, double end, std::span<const double> visits) {
  Marks marks;
  const auto window = [&](double from, double to, auto each) {
    each(from), each(to);
    for (const double day : visits)
      if (from + day <= to) each(from + day);
  };
  const auto for_windows = [&](auto each) {
    each(cycles.front(), end);
    for (std::size_t c = 0; c < cycles.size(); ++c) each(cycles[c], c + 1 < cycles.size() ? cycles[c + 1] : end);
  };
  for_windows([&](double from, double to) { window(from, to, [&](double time) { marks.times.push_back(time); }); });
  std::sort(marks.times.begin(), marks.times.end());
  marks.times.erase(std::unique(marks.times.begin(), marks.times.end()), marks.times.end());
  const auto place = [&](double time) {
    return static_cast<std::size_t>(std::lower_bound(marks.times.begin(), marks.times.end(), time) -
                                    marks.times.begin());
  };
  for_windows([&](double from, double to) {
    std::vector<std::size_t> places;
    window(from, to, [&](double time) { places.push_back(place(time)); });
    marks.windows.push_back({places[0], places[1], {places.begin() + 2, places.end()}});
  });
  return marks;
}

Measures measure(const Trace& trace, const Thresholds& thresholds, const Marks& marks, const Window& window) {
  Measures result;
  for (const MeasureRow& row : measure_rows) result.*row.member = nan;
  const Stretch stretch(trace, marks, window);
  if (!stretch.covered()) return result;
  const double from = stretch.begin();
  const auto level = levels(thresholds);

  const Low low = stretch.lowest();
  result.nadir = low.count;
  result.nadir_time = low.time - from;
  result.recovery = stretch.recovery(2, level[2], low) - from;
  const auto severe = stretch.below(0, level[0]);
  result.dsn = severe.total;
  result.dsn_longest = severe.longest;
  result.area_severe = severe.area;
  result.profound = stretch.below(1, level[1]).total;
  result.area_1 = stretch.below(3, level[3]).area;
  measure_visits(trace, thresholds, marks, window, from, stretch.end(), result);
  return result;
}

}  // namespace nadir

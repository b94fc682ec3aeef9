#include "sim/ensemble/grid.hpp"

#include <algorithm>

namespace nadir {

Grid make_grid(const Plan& plan) {
  Grid grid;
  grid.marks = make_marks(plan.cycles, plan.scenario.time.end, plan.visits);
  for (std::size_t i = 0; i < plan.times.size(); ++i)
    grid.points.push_back({.time = plan.times[i], .series = static_cast<int>(i)});
  for (std::size_t i = 0; i < grid.marks.times.size(); ++i) {
    const double time = grid.marks.times[i];
    const auto place = std::lower_bound(grid.points.begin(), grid.points.end(), time,
                                        [](const GridPoint& point, double t) { return point.time < t; });
    const int mark = static_cast<int>(i);
    if (place != grid.points.end() && place->time == time) {
      place->mark = mark;
    } else {
      grid.points.insert(place, {.time = time, .mark = mark});
    }
  }
  for (GridPoint& point : grid.points)
    for (const Window& window : grid.marks.windows)
      point.boundary |= point.mark >= 0 && (static_cast<std::size_t>(point.mark) == window.from ||
                                            static_cast<std::size_t>(point.mark) == window.to);
  return grid;
}

}  // namespace nadir

#pragma once
/// The times at which counts are read off: those of the stored series and the marks of the metrics, together.

#include <vector>

#include "sim/metric/trace.hpp"
#include "sim/scenario/plan.hpp"

namespace nadir {

/// What one time is wanted for; −1: not.
struct GridPoint {
  double time = 0.0;
  int series = -1;        ///< place in plan.times
  int mark = -1;          ///< place in Marks::times
  bool boundary = false;  ///< a window begins or ends here: its integral is wanted too
};

struct Grid {
  std::vector<GridPoint> points;  ///< in order of time
  Marks marks;
};

Grid make_grid(const Plan& plan);

}  // namespace nadir

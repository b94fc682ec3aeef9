#pragma once
/// What happens to a benchmark's patient and when counts are stored.

#include <vector>

namespace nadir::benchmark {

struct Dose {
  double amount = 0.0;  ///< at once; 0: none
  int state = 0;        ///< that takes it
};

/// A stretch of time in which nothing changes, and what stands at its beginning.
struct Stretch {
  double begin = 0.0, end = 0.0;
  Dose dose;
  double infusion = 0.0;       ///< rate of the stretch, into the problem's infused state
  std::vector<double> stored;  ///< times in (begin, end] at which the count is stored
};

/// Gives each stretch the multiples of `spacing` that lie in it.
inline std::vector<Stretch> with_stored_times(std::vector<Stretch> stretches, double spacing) {
  int next = 1;
  for (Stretch& stretch : stretches)
    for (; next * spacing <= stretch.end; ++next) stretch.stored.push_back(next * spacing);
  return stretches;
}

}  // namespace nadir::benchmark

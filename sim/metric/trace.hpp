#pragma once
/// A count's course reduced to what clinical numbers ask of it: where it turns from falling to rising, where it passes
/// a threshold, and its values at marked times.

#include <array>
#include <span>
#include <vector>

#include "sim/metric/below.hpp"
#include "sim/metric/measures.hpp"
#include "sim/metric/nadir.hpp"

namespace nadir {

/// The thresholds that measures use, in the order of Trace::crossings.
inline constexpr std::size_t threshold_count = 4;
constexpr std::array<double, threshold_count> levels(const Thresholds& t) {
  return {t.severe, t.profound, t.recovery, 1.0};
}

struct Crossing {
  double time = 0.0;   ///< [d]
  double area = 0.0;   ///< ∫ count dt from time 0 to here
  bool below = false;  ///< whether the count lies below the threshold from here on
};

struct Trace {
  std::vector<Low> lows;  ///< where the count turns up, in order of time
  std::array<std::vector<Crossing>, threshold_count> crossings;
  std::array<bool, threshold_count> starts_below{};
  std::vector<double> values;  ///< at the marks; NaN where the course ended before
  std::vector<double> areas;   ///< ∫ count dt from time 0 to the marks

  void clear(std::size_t marks);
};

/// A stretch of time to be measured, by places of marks.
struct Window {
  std::size_t from = 0, to = 0;
  std::vector<std::size_t> visits;  ///< blood tests within it
};

/// Times at which counts are wanted exactly, and the windows between them.
struct Marks {
  std::vector<double> times;    ///< [d], rising
  std::vector<Window> windows;  ///< the whole course first, then the cycles
};

/// `visits`: days of blood tests after the start of each cycle.
Marks make_marks(std::span<const double> cycles, double end, std::span<const double> visits);

/// The clinical numbers of one window; NaN throughout when the course ended before its end.
Measures measure(const Trace& trace, const Thresholds& thresholds, const Marks& marks, const Window& window);

}  // namespace nadir

#pragma once
/// The nadir: the lowest count.

#include "sim/metric/curve.hpp"

namespace nadir {

struct Low {
  double count;  ///< [10^9 cells/L]
  double time;   ///< [d], the first time at which it is reached
};

/// The lowest count within [from, to]; NaN for an empty window.
Low lowest_count(const Curve& curve, double from, double to);

/// The first time at or after `low`, and not after `to`, at which the count is at least `threshold` [d]; NaN when
/// never. A count that never fell below the threshold has recovered at its nadir.
double recovery(const Curve& curve, double threshold, const Low& low, double to);

}  // namespace nadir

#pragma once
/// Time and area below a threshold.

#include <vector>

#include "sim/metric/curve.hpp"

namespace nadir {

/// A stretch of time below the threshold [d].
struct Spell {
  double begin, end;
};

/// All spells with the count below `threshold` within [from, to]; those that touch are one.
std::vector<Spell> spells_below(const Curve& curve, double threshold, double from, double to);

/// Total length of spells [d].
double total(const std::vector<Spell>& spells);

/// Length of the longest spell [d]; 0 when there is none.
double longest(const std::vector<Spell>& spells);

/// ∫ max(0, threshold − count) dt within [from, to] [d·10^9 cells/L].
double area_below(const Curve& curve, double threshold, double from, double to);

}  // namespace nadir

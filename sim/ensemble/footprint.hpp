#pragma once
/// What a run needs, before it is started.

#include "sim/scenario/plan.hpp"

namespace nadir {

/// Bytes, about.
struct Footprint {
  double file = 0.0;    ///< the result file
  double memory = 0.0;  ///< of a run into a file
  double whole = 0.0;   ///< of a run whose result stays in memory, as in Python
};
Footprint footprint(const Plan& plan);

}  // namespace nadir

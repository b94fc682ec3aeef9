#pragma once
/// The ensemble: all patients of a plan, on all threads, as one dataset.

#include "sim/ensemble/engine.hpp"
#include "sim/scenario/plan.hpp"
#include "sim/store/dataset.hpp"

namespace nadir {

/// Simulates every patient of the plan. The result does not depend on the number of threads.
/// Throws Interrupted when progress says so; nothing is left behind.
Dataset run(const Plan& plan, const RunOptions& options = {});

/// Bytes that `run` needs for its results, about; and the size of the file, at most.
struct Footprint {
  double memory = 0.0;
  double file = 0.0;
};
Footprint footprint(const Plan& plan);

}  // namespace nadir

#pragma once
/// The ensemble: all patients of a plan, on all threads, as one dataset in memory.

#include "sim/ensemble/engine.hpp"
#include "sim/store/dataset.hpp"

namespace nadir {

/// Simulates every patient of the plan. The result does not depend on the number of threads, and is the one that
/// run_file() writes. Throws Interrupted when progress says so, ScenarioError when the memory cannot hold it.
Dataset run(const Plan& plan, const RunOptions& options = {});

}  // namespace nadir

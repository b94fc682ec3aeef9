#pragma once
/// Cohort files: who the virtual patients are.

#include "sim/base/error.hpp"
#include "sim/scenario/plan.hpp"

namespace nadir {

/// Reads the cohort file that the plan's scenario names into plan.population.cohort.
void load_cohort(Plan& plan, Problems& problems);

}  // namespace nadir

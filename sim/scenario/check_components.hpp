#pragma once
/// From the models that a scenario names to an assembly and its parameters.

#include "sim/base/error.hpp"
#include "sim/scenario/plan.hpp"

namespace nadir {

/// Fills the assembly, the parameters and the marrows' sets of `plan` from its scenario.
void check_components(Plan& plan, Problems& problems);

}  // namespace nadir

#pragma once
/// How the equations of a plan are integrated: chosen from the equations themselves, unless the scenario says.

#include "sim/scenario/methods.hpp"
#include "sim/scenario/plan.hpp"

namespace nadir {

/// The method that `simulate` uses. It depends on the plan alone, not on the machine.
const Method& method_of(const Plan& plan);

/// How stiff the plan is: ∫ of the fastest rate of its equations over the time they are followed, for the typical
/// patient at rest and while the largest doses leave the body. An explicit method needs a few tenths of it in steps.
double stiffness(const Plan& plan);

}  // namespace nadir

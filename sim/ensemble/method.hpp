#pragma once
/// How the equations of a plan are integrated: chosen from the equations themselves, unless the scenario says.

#include "sim/scenario/methods.hpp"
#include "sim/scenario/plan.hpp"

namespace nadir {

/// The method that `simulate` uses. It depends on the plan alone, not on the machine.
const Method& method_of(const Plan& plan);

/// How stiff the plan is: the fastest rate of its equations [1/d] times how long they are followed [d], for the typical
/// patient at rest and just after the largest doses. Explicit methods need at least a few tenths of it in steps.
double stiffness(const Plan& plan);

}  // namespace nadir

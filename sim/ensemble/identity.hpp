#pragma once
/// What decides every number of a result.

#include "sim/scenario/plan.hpp"
#include "sim/store/journal.hpp"

namespace nadir {

/// The scenario hash is over the text of the scenario, what the command line changed, the cohort, the event table, and
/// the version of nadir.
RunIdentity identity_of(const Plan& plan);

}  // namespace nadir

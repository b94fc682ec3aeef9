#pragma once
/// NONMEM-style event tables: ID, TIME, AMT, RATE, EVID, CMT, ADDL, II, SS, MDV, DV, and columns of covariates or of
/// individual parameters. rxode2's coded event numbers (10101 and the like) are understood too.

#include <optional>

#include "sim/base/error.hpp"
#include "sim/scenario/plan.hpp"

namespace nadir {

/// Reads the table that the plan's scenario names; the plan's assembly is complete.
std::optional<EventTable> read_event_table(const Plan& plan, Problems& problems);

}  // namespace nadir

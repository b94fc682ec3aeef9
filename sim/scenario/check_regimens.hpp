#pragma once
/// From [[treatment]] doses to regimens and cycles.

#include "sim/base/error.hpp"
#include "sim/scenario/plan.hpp"

namespace nadir {

/// Fills the regimens and cycles of `plan`, whose assembly is complete.
void check_regimens(Plan& plan, Problems& problems);

/// Amounts of `unit` (a mass or an amount of substance) in what the kinetics counts; nothing when it cannot be, which
/// is then a problem at `place`.
std::optional<double> amount_factor(const DrugSlot& drug, const PhysicalDimension& dimension, double factor);

}  // namespace nadir

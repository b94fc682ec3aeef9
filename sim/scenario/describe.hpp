#pragma once
/// A plan in words: what would be run, with all values, units and sources.

#include <string>

#include "sim/scenario/plan.hpp"

namespace nadir {

/// The resolved scenario: patients, times, models with their parameters, doses as a table, event table, covariates.
std::string describe(const Plan& plan);

/// A spread in words: "CV 29.4 %", "SD of log 0.42".
std::string print(const Spread& spread, std::string_view unit);

}  // namespace nadir

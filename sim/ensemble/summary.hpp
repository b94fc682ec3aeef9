#pragma once
/// The clinical summary of an ensemble, as text, each number with its Monte Carlo error.

#include <string>

#include "sim/scenario/plan.hpp"
#include "sim/store/dataset.hpp"

namespace nadir {

/// Nadir, its day, grades, durations and recovery of each count: first cycle and whole course.
std::string summary(const Plan& plan, const Dataset& dataset);

}  // namespace nadir

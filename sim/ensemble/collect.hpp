#pragma once
/// From the numbers of all patients to the datasets of the result file.

#include "sim/ensemble/results.hpp"
#include "sim/store/dataset.hpp"

namespace nadir {

Dataset collect(const Plan& plan, const Results& results);

}  // namespace nadir

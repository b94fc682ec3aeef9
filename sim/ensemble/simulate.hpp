#pragma once
/// The simulation of one patient.

#include <span>
#include <vector>

#include "sim/ensemble/subject.hpp"
#include "sim/metric/curve.hpp"
#include "sim/ode/tolerance.hpp"

namespace nadir {

/// What one patient's simulation gives. Where the integration ended early, series and observations are NaN from then on
/// and the curves end.
struct Course {
  StepStatus status = StepStatus::ok;
  std::int64_t steps = 0;
  std::vector<Curve> counts;                      ///< by marrow [10^9 cells/L]
  std::vector<std::vector<double>> count_series;  ///< by marrow, at plan.times
  std::vector<std::vector<double>> drug_series;   ///< by drug, at plan.times [amount/L]
  std::vector<double> predicted;                  ///< at the observations of the event table
};

/// Simulates a subject from 0 to the end of the plan.
Course simulate(const Plan& plan, const Subject& subject);

}  // namespace nadir

#pragma once
/// The simulation of one patient.

#include <span>
#include <vector>

#include "sim/ensemble/body.hpp"
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

/// Whether a subject's parameters lie within their rows' ranges: covariates and normal spreads can lead outside.
bool possible(const Plan& plan, const Subject& subject);

/// What the event table's observations measure, in a body at `time`.
double predict(const Plan& plan, const Body& body, double time);

/// Simulates a subject from 0 to the end of the plan, alone, with a method that knows no lanes: the scenario's, or else
/// Dormand and Prince's.
Course simulate(const Plan& plan, const Subject& subject);

}  // namespace nadir

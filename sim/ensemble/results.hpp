#pragma once
/// The numbers of all patients, written by patient and read by dataset.

#include <cstdint>
#include <vector>

#include "sim/ensemble/array.hpp"
#include "sim/ensemble/simulate.hpp"
#include "sim/ensemble/subject.hpp"
#include "sim/metric/measures.hpp"

namespace nadir {

/// Every array is filled at the patient's own place, so that the order of the work leaves no trace.
struct Results {
  explicit Results(const Plan& plan);

  /// Takes over what patient `index` gave. Different patients may be stored from different threads.
  void store(const Plan& plan, std::size_t index, const Subject& subject, const Course& course);

  std::size_t patients, times, cycles;
  std::vector<std::int8_t> status;
  std::vector<std::int32_t> steps;
  std::vector<Array<float>> series;            ///< by signal: marrows, then drugs; patient × time
  std::vector<Array<Measures>> measures;       ///< by marrow; patient × (1 + cycles), the whole course first
  Array<double> parameters;                    ///< patient × parameter, in the units of the rows
  Array<double> covariates;                    ///< patient × covariate
  std::vector<std::vector<double>> predicted;  ///< by patient, at the observations of the event table
};

}  // namespace nadir

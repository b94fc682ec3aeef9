#pragma once
/// The numbers of a range of patients, written by patient and read by dataset.

#include <cstdint>
#include <vector>

#include "sim/ensemble/array.hpp"
#include "sim/ensemble/simulate.hpp"
#include "sim/ensemble/subject.hpp"
#include "sim/ensemble/tally.hpp"
#include "sim/metric/measures.hpp"

namespace nadir {

/// Every array is filled at the patient's own place, index − first, so that the order of the work leaves no trace.
struct Results {
  /// Room for patients first … first + count − 1 of the plan.
  Results(const Plan& plan, std::size_t first, std::size_t count);

  /// Takes over what patient `index` of the plan gave, but for the tallies. Different patients may be stored from
  /// different threads.
  void store(const Plan& plan, std::size_t index, const Subject& subject, const Course& course);

  /// Who the patient at `place` of the range is; what an event table's observations predict is not a number yet.
  void store_person(const Plan& plan, std::size_t place, const Subject& subject);

  std::size_t first, patients, times, cycles;
  std::size_t stored;  ///< patients of the range whose series are kept: those with an index below output.series
  std::vector<std::int8_t> status;
  std::vector<std::int32_t> steps;
  std::vector<Array<float>> series;            ///< by signal: marrows, then drugs; stored patient × time
  std::vector<Tally> tallies;                  ///< by signal, over all patients of the range
  std::vector<Array<Measures>> measures;       ///< by marrow; patient × (1 + cycles), the whole course first
  Array<double> parameters;                    ///< patient × parameter, in the units of the rows
  Array<double> covariates;                    ///< patient × covariate
  std::vector<std::vector<double>> predicted;  ///< by patient, at the observations of the event table
};

/// How many of the plan's patients have their series stored.
std::size_t stored_series(const Plan& plan);

}  // namespace nadir

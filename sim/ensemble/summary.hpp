#pragma once
/// The clinical summary of an ensemble, as text, each number with its Monte Carlo error.

#include <functional>
#include <string>

#include "sim/scenario/plan.hpp"
#include "sim/store/dataset.hpp"
#include "sim/store/input_file.hpp"

namespace nadir {

/// Where a summary takes its numbers from.
struct SummarySource {
  std::size_t patients = 0;
  std::size_t failed = 0;
  /// The first number of each row of `row` numbers of a dataset; empty when there is none of the name.
  std::function<std::vector<double>(const std::string& name, std::size_t row)> column;
};
/// The dataset, or file, must outlive the source.
SummarySource source_of(const Dataset& dataset);
SummarySource source_of(const InputFile& file);

/// Nadir, its day, grades, durations and recovery of each count: first cycle and whole course.
std::string summary(const Plan& plan, const SummarySource& source);

}  // namespace nadir

#pragma once
/// How results of a range of patients become rows of datasets.

#include <functional>
#include <string_view>
#include <vector>

#include "sim/ensemble/results.hpp"

namespace nadir {

/// The rows of one dataset that a range of patients gives.
template <class Number>
using Rows = std::function<std::vector<Number>(const Results&)>;

/// A number from the measures of a course or a cycle.
template <class Number>
using Measured = std::function<Number(const Measures&)>;

/// Of marrow `m`, one a patient: from the first dose to the end.
template <class Number>
Rows<Number> whole_course(std::size_t m, Measured<Number> take) {
  return [=](const Results& results) {
    std::vector<Number> values(results.patients);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = take(results.measures[m][i * (1 + results.cycles)]);
    return values;
  };
}

/// Of marrow `m`, one a patient and cycle.
template <class Number>
Rows<Number> by_cycle(std::size_t m, Measured<Number> take) {
  return [=](const Results& results) {
    std::vector<Number> values;
    values.reserve(results.patients * results.cycles);
    for (std::size_t i = 0; i < results.measures[m].size(); ++i)
      if (i % (1 + results.cycles) != 0) values.push_back(take(results.measures[m][i]));
    return values;
  };
}

/// Column `index` of a patient × width table.
Rows<double> column_of(Array<double> Results::*table, std::size_t width, std::size_t index);

/// An observation of an event table, for one of the patients that have it.
struct Observed {
  std::size_t patient;
  const Observation& observation;
  double predicted;
};

/// The lines of the event table that patient `index` has.
const SubjectRecords& records_of(const Plan& plan, std::size_t index);

/// One a patient and observation. The plan must outlive the function.
template <class Number>
Rows<Number> observed(const Plan& plan, std::function<Number(const Observed&)> take) {
  return [&plan, take](const Results& results) {
    std::vector<Number> values;
    for (std::size_t i = 0; i < results.patients; ++i) {
      const auto& seen = records_of(plan, results.first + i).observations;
      for (std::size_t k = 0; k < seen.size(); ++k)
        values.push_back(take({results.first + i, seen[k], results.predicted[i][k]}));
    }
    return values;
  };
}

/// How many rows the patients before `patient` have in a dimension of patients: patient, series or observation.
std::size_t rows_before(const Plan& plan, std::string_view dimension, std::size_t patient);

}  // namespace nadir

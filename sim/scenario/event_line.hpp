#pragma once
/// The meaning of one line of an event table.

#include <functional>
#include <string>

#include "sim/scenario/plan.hpp"

namespace nadir {

/// The numbers of a line as they stand there; times in days already.
struct EventLine {
  std::size_t row = 0;
  double time = 0.0;
  double amount = 0.0, rate = 0.0;  ///< in the units of the table
  double interval = 0.0, additional = 0.0, steady = 0.0, compartment = 0.0, value = 0.0;
  double kind = 0.0, missing = 0.0;
};

/// Factors from the units of a table to days and to the amounts of the kinetics.
struct LineUnits {
  double time = 1.0;
  double amount = 1.0;
  bool nonmem_lag = false;
};

/// Reports a mistake in a column of the line.
using LineProblem = std::function<void(const char* column, std::string message, std::string hint)>;

/// Adds the line's dose or observation to a subject.
void add_line(const EventLine& line, const DrugSlot& drug, std::size_t drug_index, const LineUnits& units,
              SubjectRecords& subject, const LineProblem& problem);

}  // namespace nadir

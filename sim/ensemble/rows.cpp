#include "sim/ensemble/rows.hpp"

#include <algorithm>
#include <stdexcept>

namespace nadir {

Rows<double> column_of(Array<double> Results::*table, std::size_t width, std::size_t index) {
  return [=](const Results& results) {
    std::vector<double> values(results.patients);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = (results.*table)[i * width + index];
    return values;
  };
}

const SubjectRecords& records_of(const Plan& plan, std::size_t index) {
  return plan.events->subjects[index % plan.events->subjects.size()];
}

std::size_t rows_before(const Plan& plan, std::string_view dimension, std::size_t patient) {
  if (dimension == "patient") return patient;
  if (dimension == "series") return std::min(stored_series(plan), patient);
  if (dimension != "observation") throw std::logic_error("the rows of a dataset do not belong to patients");
  const auto& subjects = plan.events->subjects;
  std::size_t all = 0, part = 0;  // observations of one round of the table, and of its part before the patient
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    all += subjects[i].observations.size();
    if (i < patient % subjects.size()) part += subjects[i].observations.size();
  }
  return patient / subjects.size() * all + part;
}

}  // namespace nadir

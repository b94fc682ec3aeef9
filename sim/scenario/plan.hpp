#pragma once
/// A scenario that can run: names resolved, units converted, ports matched. `run` takes only this, so that an unchecked
/// scenario cannot be run.

#include <optional>
#include <string>
#include <vector>

#include "sim/model/assembly.hpp"
#include "sim/population/population.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/timeline/record.hpp"

namespace nadir {

/// The doses of one treatment, the same for all patients but for their size.
struct Regimen {
  enum class Basis { flat, per_area, per_weight };
  std::size_t drug = 0;  ///< in the assembly
  int compartment = 0;   ///< place among the states of the kinetics
  double amount = 0.0;   ///< as the kinetics counts (mg, ug or umol), per m² or kg where so based
  Basis basis = Basis::flat;
  double duration = 0.0;      ///< [d]; 0: all at once
  std::vector<double> times;  ///< [d], rising
  std::string text;           ///< the dose as the user wrote it
};

/// One value that changes with a record of an event table.
struct ColumnChange {
  bool is_covariate = false;
  std::size_t index = 0;  ///< of the covariate or the parameter
};

/// An observation in an event table.
struct Observation {
  double time = 0.0;  ///< [d]
  double value = 0.0;
  std::size_t order = 0;
};

/// The lines of one patient in an event table.
struct SubjectRecords {
  std::string id;
  std::vector<DoseRecord> doses;
  std::vector<Observation> observations;
  /// Times and values of the mapped columns, one a line. A value holds from the line before up to its own line
  /// (next observation carried backward, as NONMEM does).
  std::vector<double> times;
  std::vector<std::size_t> orders;
  std::vector<std::vector<double>> values;
};

struct EventTable {
  std::string file;
  std::string digest;  ///< of the text of the file
  std::vector<ColumnChange> columns;
  std::vector<SubjectRecords> subjects;
  int observed_marrow = -1;  ///< index of the marrow that DV measures, −1: none
  int observed_drug = -1;
  std::vector<std::string> ignored;  ///< columns of the file that are not used
};

struct Plan {
  Scenario scenario;
  Assembly assembly;
  Population population;
  std::vector<Regimen> regimens;
  std::vector<const ParameterSetView*> marrow_sets;  ///< by marrow
  std::optional<EventTable> events;
  std::size_t patients = 0;
  std::vector<double> cycles;  ///< starts [d]; the first is 0 when there are no cycles
  std::vector<double> times;   ///< of the stored series [d]
  std::vector<double> visits;  ///< days after the start of a cycle
  std::string cohort_text;     ///< the cohort file as it was read
};

/// Resolves and checks; throws ScenarioError with all mistakes.
Plan check(const Scenario& scenario);

}  // namespace nadir

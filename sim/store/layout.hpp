#pragma once
/// Every dataset of a result file, one row each. The writer takes names, dimensions and attributes from these rows, the
/// page docs/formats/ensemble.md is printed from them, and a test compares a real file with them.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "sim/store/dataset.hpp"

namespace nadir {

inline constexpr std::string_view file_type = "nadir-ensemble";
inline constexpr std::string_view shard_file_type = "nadir-shard";  ///< the same for a share of the patients
inline constexpr std::string_view format_version = "1.0";

/// Words in angle brackets stand for names of the scenario: <count> anc or wbc, <signal> a count or a drug, <drug>,
/// <metric> a word of sim/metric/metrics.hpp, <parameter> owner.name, <covariate>.
struct LayoutRow {
  std::string_view name;
  std::string_view dimensions;  ///< blank-separated, slowest first
  std::string_view type;        ///< float64, float32, int64, int32, int8, text
  std::string_view unit;        ///< "*": that of the thing named; "": none
  std::string_view meaning;
};

inline constexpr std::array layout_rows{
    LayoutRow{"patient", "patient", "int64", "", "index of the virtual patient, from 0"},
    LayoutRow{"time", "time", "float64", "d",
              "time since the start; a value stands just before a dose of the same time"},
    LayoutRow{"quantile", "quantile", "float64", "1", "share of patients at or below the value"},
    LayoutRow{"series", "series", "int64", "", "index of the patients whose series are stored"},
    LayoutRow{"cycle", "cycle", "int64", "", "number of the treatment cycle, from 1"},
    LayoutRow{"cycle.start", "cycle", "float64", "d", "start of the cycle"},
    LayoutRow{"status", "patient", "int8", "", "how the patient's integration ended"},
    LayoutRow{"steps", "patient", "int32", "", "steps tried by the integrator"},
    LayoutRow{"<signal>", "series time", "float32", "*", "the signal of the first patients"},
    LayoutRow{"<signal>.quantiles", "quantile time", "float32", "*",
              "quantiles of the signal over all patients that ended well"},
    LayoutRow{"<signal>.mean", "time", "float32", "*", "mean of the signal over all patients that ended well"},
    LayoutRow{"<count>.<metric>", "patient", "float64", "*", "the metric from the first dose to the end"},
    LayoutRow{"<count>.cycle.<metric>", "patient cycle", "float64", "*",
              "the metric within a cycle; times count from its start"},
    LayoutRow{"<count>.grade", "patient", "int8", "", "worst grade after CTCAE v5"},
    LayoutRow{"<count>.cycle.grade", "patient cycle", "int8", "", "worst grade after CTCAE v5 within a cycle"},
    LayoutRow{"covariate.<covariate>", "patient", "float64", "*", "the person's value"},
    LayoutRow{"<parameter>", "patient", "float64", "*", "the patient's own value of the model's parameter"},
    LayoutRow{"dose.time", "dose", "float64", "d", "start of the dose, for patient 0"},
    LayoutRow{"dose.drug", "dose", "text", "", "drug of the dose"},
    LayoutRow{"dose.amount", "dose", "float64", "*", "amount of the dose, for patient 0"},
    LayoutRow{"dose.duration", "dose", "float64", "d", "length of the infusion; 0: all at once"},
    LayoutRow{"subject", "patient", "text", "", "ID of the event table that the patient's doses are taken from"},
    LayoutRow{"observation.patient", "observation", "int64", "", "patient that was observed"},
    LayoutRow{"observation.time", "observation", "float64", "d", "time of the observation"},
    LayoutRow{"observation.value", "observation", "float64", "*", "the measured value, DV"},
    LayoutRow{"observation.predicted", "observation", "float64", "*", "the simulated value at the same time"},
};

/// Names that replace the words in angle brackets.
using LayoutNames = std::vector<std::pair<std::string_view, std::string>>;

/// A variable of the row called `row`; unit "*" becomes `unit`, the meaning `long_name` unless that is empty.
/// Throws std::logic_error for a row that does not exist: such a dataset is not in the format.
Variable make_variable(std::string_view row, const LayoutNames& names, Values values, std::string_view unit = "",
                       std::string_view long_name = "");

/// The page that describes the file, in Markdown.
std::string layout_page();

}  // namespace nadir

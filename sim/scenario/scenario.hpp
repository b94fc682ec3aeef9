#pragma once
/// A scenario as it was written: typed, with places, names not yet resolved.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/scenario/section.hpp"

namespace nadir {

struct RootSection : Section {
  std::int64_t format = 1;
  std::string title;
};
inline constexpr std::array root_fields{
    field<&RootSection::format>("version of the scenario format, 1", {.range = between(1, 1), .required = true}),
    field<&RootSection::title>("the question that the scenario answers"),
};

struct EnsembleSection : Section {
  std::int64_t patients = 1000;
  std::int64_t seed = 1;
  std::string cohort;
  bool variability = true;
};
inline constexpr std::array ensemble_fields{
    field<&EnsembleSection::patients>("how many virtual patients", {.range = between(1, 1e9)}),
    field<&EnsembleSection::seed>("random seed; the same seed gives the same patients in every scenario",
                                  {.range = between(0, 9e18)}),
    field<&EnsembleSection::cohort>("file that says who the patients are, relative to the scenario"),
    field<&EnsembleSection::variability>("false: every patient has the typical values of the models"),
};

struct TimeSection : Section {
  double end = 0.0;
  double sample = 0.25;
};
inline constexpr std::array time_fields{
    field<&TimeSection::end>("how long each patient is followed after time 0",
                             {.unit = "d", .range = {0.0, 36525.0}, .required = true, .needs_unit = true}),
    field<&TimeSection::sample>("spacing of the stored series", {.unit = "d", .range = {0.0, 3652.5}}),
};

struct SolverSection : Section {
  std::string method = "auto";
  double relative = 1e-7;
  double absolute = 1e-10;
  std::int64_t max_steps = 1000000;
};
inline constexpr std::array solver_fields{
    field<&SolverSection::method>("how the equations are integrated; chosen from the equations when not given"),
    field<&SolverSection::relative>("tolerated error of a step relative to the state", {.range = between(1e-13, 1e-2)}),
    field<&SolverSection::absolute>("tolerated error of a step in the unit of the state",
                                    {.range = between(1e-16, 1.0)}),
    field<&SolverSection::max_steps>("steps after which a patient is given up with a status",
                                     {.range = between(10, 1e12)}),
};

struct MetricsSection : Section {
  double severe = 0.5;
  double profound = 0.1;
  double recovery = 2.0;
  std::vector<double> visits;
};
inline constexpr std::array metrics_fields{
    field<&MetricsSection::severe>("count below which neutropenia is severe", {.unit = "10^9 cells/L"}),
    field<&MetricsSection::profound>("count below which neutropenia is profound", {.unit = "10^9 cells/L"}),
    field<&MetricsSection::recovery>("count at which a patient has recovered", {.unit = "10^9 cells/L"}),
    field<&MetricsSection::visits>("days of blood tests after the start of each cycle; every day when not given",
                                   {.unit = "d", .range = not_negative()}),
};

struct OutputSection : Section {
  std::int64_t series = 1000;
  bool parameters = true;
};
inline constexpr std::array output_fields{
    field<&OutputSection::series>("patients whose series are stored, the first ones", {.range = between(0, 1e9)}),
    field<&OutputSection::parameters>("store each patient's covariates and parameters"),
};

/// A parameter of a model as the user changes it: `mtt = "95 h"` or `mtt = { value = "95 h", cv = "20 %" }`.
struct ParameterText {
  std::string name;
  Place place;
  std::optional<std::variant<double, std::string>> value;
  Place value_place;
  std::string spread_kind;  ///< "cv", "omega", "sd" or empty
  std::variant<double, std::string> spread = 0.0;
  Place spread_place;
};

/// A model that the scenario names, with what it changes there.
struct ComponentSection : Section {
  std::string model;
  std::string set;
  std::vector<ParameterText> parameters;
};
inline constexpr std::array component_fields{
    field<&ComponentSection::model>("id of the model; 'nadir models' lists them", {.required = true}),
    field<&ComponentSection::set>("published set of values; needed when the model has several"),
};

struct TreatmentSection : Section {
  std::string drug;
  std::string dose;
  double duration = 0.0;
  double start = 0.0;
  std::vector<double> days{0.0};
  double every = 0.0;
  std::int64_t cycles = 1;
  std::string into;
  ComponentSection kinetics;
  std::vector<ComponentSection> effects;
};
inline constexpr std::array treatment_fields{
    field<&TreatmentSection::drug>("generic name of the drug", {.required = true}),
    field<&TreatmentSection::dose>("amount with its unit: mg, ug, umol, or such per m^2 or per kg"),
    field<&TreatmentSection::duration>("length of the infusion; 0: all at once",
                                       {.unit = "d", .range = not_negative(), .needs_unit = true}),
    field<&TreatmentSection::start>("when the first cycle begins", {.unit = "d", .range = not_negative()}),
    field<&TreatmentSection::days>("days of each cycle on which the dose is given, the first day being 0",
                                   {.unit = "d", .range = not_negative()}),
    field<&TreatmentSection::every>("length of a cycle", {.unit = "d", .needs_unit = true}),
    field<&TreatmentSection::cycles>("how many cycles", {.range = between(1, 1e6)}),
    field<&TreatmentSection::into>(
        "compartment that takes the dose; when not given, the central one, or the first that a marrow names"),
};

struct CorrelationSection : Section {
  std::vector<std::string> between;
  double r = 0.0;
};

/// A value that all patients share, whatever the cohort says: `[covariates] bsa = 1.79`.
struct CovariateText {
  std::string name;
  Place place;
  std::variant<double, std::string> value;
};

struct EventsSection : Section {
  std::string file;
  std::string time = "h";
  std::string amount;
  std::string drug;
  std::string observe;
  bool nonmem_lag = false;
  std::vector<std::pair<std::string, std::string>> columns;  ///< column → parameter or covariate
};
inline constexpr std::array events_fields{
    field<&EventsSection::file>("NONMEM-style table of doses and observations, relative to the scenario",
                                {.required = true}),
    field<&EventsSection::time>("unit of TIME, II and infusion times"),
    field<&EventsSection::amount>("unit of AMT; that of the kinetics when not given"),
    field<&EventsSection::drug>("drug that the doses are of; needed when there are several"),
    field<&EventsSection::observe>("signal that DV measures: a count or a drug"),
    field<&EventsSection::nonmem_lag>(
        "steady state with a lag longer than II: extrapolate backwards as NONMEM does, which can "
        "give negative amounts, instead of giving the doses under way"),
};

struct Scenario {
  std::string file;  ///< as named by the user
  std::string text;
  std::string overrides;  ///< what was changed from outside, a line each
  RootSection root;
  EnsembleSection ensemble;
  TimeSection time;
  SolverSection solver;
  MetricsSection metrics;
  OutputSection output;
  std::vector<CovariateText> covariates;
  std::vector<ComponentSection> marrows;
  std::vector<TreatmentSection> treatments;
  std::vector<CorrelationSection> correlations;
  std::optional<EventsSection> events;
  std::vector<Problem> problems;  ///< found while reading; `check` reports them together with its own
};

/// Changes of a scenario from outside, and what they are called in messages.
struct Overrides {
  std::vector<std::string> settings;  ///< "treatment.docetaxel.dose=75 mg/m^2"
  std::optional<std::int64_t> patients;
  std::optional<std::int64_t> seed;
};

/// Reads a scenario file (or a preset's name). Throws ScenarioError when it cannot be read or is not TOML; other
/// mistakes are kept for `check`.
Scenario read_scenario(const std::string& path, const Overrides& overrides = {});

/// Reads a scenario from its text; `name` stands for the file in messages and relative paths.
Scenario read_scenario_text(const std::string& text, const std::string& name, const Overrides& overrides = {});

/// The JSON Schema of scenario files, for editors.
std::string json_schema();

}  // namespace nadir

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/nearest.hpp"
#include "sim/scenario/check_components.hpp"
#include "sim/scenario/check_regimens.hpp"
#include "sim/scenario/cohort_file.hpp"
#include "sim/scenario/event_table.hpp"
#include "sim/scenario/methods.hpp"
#include "sim/scenario/plan.hpp"
#include "sim/scenario/reader.hpp"

namespace nadir {

namespace {

/// A source gives no number for these, and neither did the user.
void check_required_parameters(const Plan& plan, Problems& problems) {
  for (const Slot& slot : plan.assembly.slots) {
    for (std::size_t i = 0; i < slot.model->params.size(); ++i) {
      const Parameter& parameter = plan.population.parameters[slot.params + i];
      const auto from_table = [&](const ColumnChange& c) { return !c.is_covariate && c.index == slot.params + i; };
      const bool in_table =
          plan.events && std::any_of(plan.events->columns.begin(), plan.events->columns.end(), from_table);
      if (std::isnan(parameter.typical) && !in_table) {
        problems.add(plan.scenario.root.place,
                     fmt::format("'{}' has no published value: the scenario must give '{}'", parameter.name,
                                 parameter.row->name),
                     fmt::format("{} [{}]", parameter.row->meaning, parameter.row->unit));
      }
    }
  }
}

void check_correlations(Plan& plan, Problems& problems) {
  auto& population = plan.population;
  std::vector<std::string> names;
  for (const Parameter& parameter : population.parameters) names.push_back(parameter.name);
  std::vector<std::size_t> members;
  std::vector<std::array<std::size_t, 2>> pairs;
  for (const CorrelationSection& section : plan.scenario.correlations) {
    if (section.between.size() != 2) return;  // reported while reading
    std::array<std::size_t, 2> pair{};
    for (std::size_t k = 0; k < 2; ++k) {
      const auto found = std::find(names.begin(), names.end(), section.between[k]);
      if (found == names.end()) {
        problems.add(section.at("between"), fmt::format("there is no parameter '{}'", section.between[k]),
                     did_you_mean(section.between[k], names));
        return;
      }
      pair[k] = static_cast<std::size_t>(found - names.begin());
      if (population.parameters[pair[k]].spread.kind == Spread::Kind::fixed) {
        problems.add(section.at("between"),
                     fmt::format("'{}' does not vary, so it cannot correlate", section.between[k]),
                     "give it a spread: { cv = \"20 %\" }");
        return;
      }
    }
    if (pair[0] == pair[1]) {
      problems.add(section.at("between"), "a parameter correlates with itself", "name two different parameters");
      return;
    }
    pairs.push_back(pair);
    for (const std::size_t member : pair)
      if (std::find(members.begin(), members.end(), member) == members.end()) members.push_back(member);
  }
  if (members.empty()) return;
  // In the order of names: a block then does not depend on the order in the file.
  std::sort(members.begin(), members.end(), [&](std::size_t a, std::size_t b) { return names[a] < names[b]; });
  const std::size_t n = members.size();
  std::vector<double> matrix(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) matrix[i * n + i] = 1.0;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto place = [&](std::size_t p) {
      return static_cast<std::size_t>(std::find(members.begin(), members.end(), p) - members.begin());
    };
    const std::size_t a = place(pairs[i][0]), b = place(pairs[i][1]);
    matrix[a * n + b] = matrix[b * n + a] = plan.scenario.correlations[i].r;
  }
  std::vector<double> factor = cholesky(matrix, n);
  if (factor.empty()) {
    problems.add(plan.scenario.correlations.front().place, "these correlations cannot all hold at once",
                 "their matrix is not positive definite: weaken some of them");
    return;
  }
  population.blocks = {{members, factor}};
}

/// Values for all patients: they go before the cohort's rules.
void check_covariates(Plan& plan, Problems& problems) {
  Sources sources;
  Reader reader{sources, problems};
  std::vector<CovariateRule> rules;
  for (const CovariateText& text : plan.scenario.covariates) {
    const int index = covariate_index(text.name);
    if (index < 0) {
      std::vector<std::string> names;
      for (const KnownCovariate& known : known_covariates) names.emplace_back(known.name);
      problems.add(text.place, fmt::format("'{}' is not a covariate", text.name), did_you_mean(text.name, names));
      continue;
    }
    const KnownCovariate& known = known_covariates[static_cast<std::size_t>(index)];
    const auto value =
        reader.number(text.value, text.place, known.name, known.unit, between(known.low, known.high), false);
    if (value) rules.push_back({.covariate = static_cast<std::size_t>(index), .mean = *value, .source = "scenario"});
  }
  auto& all = plan.population.cohort.rules;
  all.insert(all.begin(), rules.begin(), rules.end());
}

void check_method(const Plan& plan, Problems& problems) {
  const SolverSection& solver = plan.scenario.solver;
  if (find_method(solver.method) != nullptr) return;
  std::vector<std::string> names;
  for (const Method& method : methods) names.emplace_back(method.name);
  problems.add(solver.at("method"), fmt::format("there is no method '{}'", solver.method),
               did_you_mean(solver.method, names));
}

void check_times(Plan& plan, Problems& problems) {
  const TimeSection& time = plan.scenario.time;
  constexpr double most_samples = 1e6;
  if (time.end / time.sample > most_samples) {
    problems.add(time.at("sample"),
                 fmt::format("{} samples a patient are too many", print_number(time.end / time.sample)),
                 "take a longer 'sample'");
    return;
  }
  const auto count = static_cast<std::size_t>(std::floor(time.end / time.sample * (1.0 + 1e-12)));
  for (std::size_t i = 0; i <= count; ++i) plan.times.push_back(static_cast<double>(i) * time.sample);
  plan.visits = plan.scenario.metrics.visits;
  if (!plan.visits.empty()) return;
  for (double day = 0.0; day <= time.end; day += 1.0) plan.visits.push_back(day);
}

}  // namespace

Plan check(const Scenario& scenario) {
  Problems problems;
  problems.add(scenario.problems);
  Plan plan{.scenario = scenario};
  plan.population.seed = static_cast<std::uint64_t>(scenario.ensemble.seed);
  plan.population.variable = scenario.ensemble.variability;
  plan.patients = static_cast<std::size_t>(scenario.ensemble.patients);
  if (!scenario.ensemble.cohort.empty()) load_cohort(plan, problems);
  check_covariates(plan, problems);
  check_components(plan, problems);
  check_correlations(plan, problems);
  check_times(plan, problems);
  check_method(plan, problems);
  // An event table refers to the components, so its mistakes show only when these are sound.
  if (scenario.events && problems.empty()) plan.events = read_event_table(plan, problems);
  check_regimens(plan, problems);
  if (problems.empty()) check_required_parameters(plan, problems);
  if (plan.assembly.marrows.empty() && plan.assembly.drugs.empty())
    problems.add(scenario.root.place, "the scenario has neither [[marrow]] nor [[treatment]]",
                 "[[marrow]]\n              model = \"netterberg2017\"");
  problems.raise();
  if (plan.events && !scenario.ensemble.has("patients")) plan.patients = plan.events->subjects.size();
  plan.population.prepare(plan.assembly);
  return plan;
}

}  // namespace nadir

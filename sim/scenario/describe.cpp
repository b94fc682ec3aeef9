#include "sim/scenario/describe.hpp"

#include <fmt/format.h>

#include "sim/scenario/quantity_text.hpp"

namespace nadir {

namespace {

std::string print(const CovariateRule& rule) {
  using enum CovariateRule::Distribution;
  const KnownCovariate& known = known_covariates[rule.covariate];
  std::string text = fmt::format("  {:<14}", known.name);
  switch (rule.distribution) {
    case fixed:
      text += fmt::format("{:g} {}", rule.mean, known.unit);
      break;
    case normal:
      text += fmt::format("normal, mean {:g}, SD {:g}, from {:g} to {:g} {}", rule.mean, rule.sd, rule.low, rule.high,
                          known.unit);
      break;
    case lognormal:
      text += fmt::format("log-normal, median {:g} {}, SD of log {:g}, from {:g} to {:g}", rule.mean, known.unit,
                          rule.sd, rule.low, rule.high);
      break;
    case uniform:
      text += fmt::format("uniform from {:g} to {:g} {}", rule.low, rule.high, known.unit);
      break;
    case bernoulli:
      text += fmt::format("1 with probability {:g}, else 0", rule.mean);
      break;
    case choice:
      text += fmt::format("one of {:g} with weights {:g}", fmt::join(rule.values, ", "), fmt::join(rule.weights, ", "));
      break;
    case mosteller:
      text += "from height and weight (Mosteller)";
      break;
    case dubois:
      text += "from height and weight (Du Bois)";
      break;
  }
  if (rule.given >= 0)
    text += fmt::format(", where {} is {:g}", known_covariates[static_cast<std::size_t>(rule.given)].name,
                        rule.given_value);
  return text + (rule.source.empty() ? "" : "  [" + rule.source + "]") + "\n";
}

std::string component(const Plan& plan, const Slot& slot) {
  std::string text = fmt::format("\n{} {}: {}\n  source: {}\n", name(slot.model->kind), slot.model->id,
                                 slot.model->title, slot.model->source);
  if (!slot.model->note.empty()) text += fmt::format("  note: {}\n", slot.model->note);
  for (std::size_t i = 0; i < slot.model->params.size(); ++i) {
    const Parameter& parameter = plan.population.parameters[slot.params + i];
    text += fmt::format("  {:<28} {:>10} {:<13} {:<18} {}{}\n", parameter.name, print_number(parameter.typical),
                        parameter.row->unit, print(parameter.spread, parameter.row->unit), parameter.row->meaning,
                        parameter.given_by_user ? " (changed by the scenario)" : "");
  }
  return text;
}

std::string doses(const Plan& plan) {
  std::string text = fmt::format("\ndoses\n  {:<14} {:<16} {:<10} {}\n", "drug", "dose", "over", "days");
  for (const Regimen& regimen : plan.regimens) {
    std::vector<std::string> days;
    for (const double time : regimen.times) {
      if (days.size() == 20) {
        days.push_back(fmt::format("… {} in all", regimen.times.size()));
        break;
      }
      days.push_back(print_number(time));
    }
    text += fmt::format("  {:<14} {:<16} {:<10} {}\n", plan.assembly.drugs[regimen.drug].name, regimen.text,
                        regimen.duration > 0.0 ? print_number(regimen.duration * 24.0) + " h" : "at once",
                        fmt::join(days, " "));
  }
  return text;
}

std::string events(const EventTable& table) {
  std::size_t dose_lines = 0, observations = 0;
  for (const SubjectRecords& subject : table.subjects)
    dose_lines += subject.doses.size(), observations += subject.observations.size();
  std::string text = fmt::format("\nevent table {}: {} subjects, {} dose lines, {} observations\n", table.file,
                                 table.subjects.size(), dose_lines, observations);
  if (!table.ignored.empty()) text += fmt::format("  columns not used: {}\n", fmt::join(table.ignored, ", "));
  return text;
}

}  // namespace

std::string print(const Spread& spread, std::string_view unit) {
  switch (spread.kind) {
    case Spread::Kind::fixed:
      return "the same for all";
    case Spread::Kind::omega:
      return fmt::format("SD of log {:g}", spread.size);
    case Spread::Kind::omega2:
      return fmt::format("var of log {:g}", spread.size);
    case Spread::Kind::cv:
      return fmt::format("CV {:g} %", 100.0 * spread.size);
    case Spread::Kind::normal:
      return fmt::format("SD {:g} {}", spread.size, unit);
  }
  return "";
}

std::string describe(const Plan& plan) {
  const Scenario& scenario = plan.scenario;
  std::string text = scenario.root.title.empty() ? "" : scenario.root.title + "\n";
  text += fmt::format("{} patients, seed {}{}\n", plan.patients, plan.population.seed,
                      plan.population.variable ? "" : ", all with typical values");
  text += fmt::format("followed for {} d, series every {} d ({} values), {} cycle{}\n", print_number(scenario.time.end),
                      print_number(scenario.time.sample), plan.times.size(), plan.cycles.size(),
                      plan.cycles.size() == 1 ? "" : "s");
  text += fmt::format("tolerance relative {:g}, absolute {:g}\n", scenario.solver.relative, scenario.solver.absolute);
  if (!plan.population.cohort.rules.empty()) {
    text += fmt::format("\npatients {}\n", plan.population.cohort.title);
    for (const CovariateRule& rule : plan.population.cohort.rules) text += print(rule);
  }
  for (const Slot& slot : plan.assembly.slots) text += component(plan, slot);
  if (!plan.regimens.empty()) text += doses(plan);
  if (plan.events) text += events(*plan.events);
  return text;
}

}  // namespace nadir

#include "sim/scenario/model_page.hpp"

#include <fmt/format.h>

#include <cmath>

#include "sim/model/registry.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/scenario/quantity_text.hpp"

namespace nadir {

namespace {

std::string value(const SetValue& set, const ParamRow& row) {
  if (std::isnan(set.value)) return "to be given";
  const std::string number = print_number(set.value);
  return set.spread.kind == Spread::Kind::fixed ? number : fmt::format("{} ({})", number, print(set.spread, row.unit));
}

std::string residual(const Residual& r, std::string_view unit) {
  std::vector<std::string> parts;
  if (r.additive > 0.0) parts.push_back(fmt::format("additive SD {:g} {}", r.additive, unit));
  if (r.proportional > 0.0) parts.push_back(fmt::format("proportional SD {:g} %", 100.0 * r.proportional));
  if (r.log_sd > 0.0) parts.push_back(fmt::format("SD of log {:g}", r.log_sd));
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// Names of the states that take a drug's doses, as event tables number them.
std::vector<std::string_view> compartments(const KineticsModel& drug) {
  std::vector<std::string_view> names;
  for (const std::size_t state : drug.compartments) names.push_back(drug.states[state].name);
  return names;
}

std::string_view drug_name(const KineticsModel& drug) { return drug.drug.empty() ? "any drug" : drug.drug; }

}  // namespace

std::string model_text(const ModelInfo& model) {
  std::string text = fmt::format("{} ({})\n{}\nsource: {}\n", model.id, name(model.kind), model.title, model.source);
  if (!model.note.empty()) text += fmt::format("note: {}\n", model.note);
  text += "\nparameters\n";
  for (const ParamRow& row : model.params) text += fmt::format("  {:<16} {:<14} {}\n", row.name, row.unit, row.meaning);
  if (!model.states.empty()) text += "\nstates\n";
  for (const StateRow& row : model.states) text += fmt::format("  {:<16} {:<14} {}\n", row.name, row.unit, row.meaning);
  const auto drugs = registry().kinetics_in(model);
  if (!drugs.empty()) text += "\ndoses\n";
  for (const KineticsModel* drug : drugs)
    text += fmt::format("  {:<16} {:<14} into {}; CMT 1, 2, …: {}\n", drug_name(*drug), drug->amount_unit,
                        drug->states[drug->into].name, fmt::join(compartments(*drug), ", "));
  if (!model.covariates.empty()) text += "\ncovariates\n";
  for (const CovariateRow& row : model.covariates)
    text += fmt::format("  {:<16} {:<14} {} (reference {:g})\n", row.name, row.unit, row.meaning, row.reference);
  text += "\npublished sets\n";
  for (const ParameterSetView& set : model.sets) {
    text += fmt::format("  {} [{}]\n", set.name, set.source);
    for (const ParamRow& row : model.params)
      text += fmt::format("    {:<14} {} {}\n", row.name, value(set.values[row.index], row),
                          row.unit == "1" ? "" : row.unit);
    if (const std::string error = residual(set.residual, "10^9 cells/L"); !error.empty())
      text += fmt::format("    {:<14} {}\n", "residual error", error);
  }
  return text;
}

std::string model_page(const ModelInfo& model) {
  std::string page = fmt::format("# {}\n\n**{}** · {} · {}\n", model.id, model.title, name(model.kind), model.source);
  if (!model.note.empty()) page += fmt::format("\n{}\n", model.note);
  page += "\n## Equations\n\nPrinted from the code that runs.\n";
  for (const std::string& equation : model.equations()) page += fmt::format("\n$$ {} $$\n", equation);
  page += "\n## Parameters\n\n| name | unit | meaning |\n|---|---|---|\n";
  for (const ParamRow& row : model.params) page += fmt::format("| `{}` | {} | {} |\n", row.name, row.unit, row.meaning);
  if (!model.states.empty()) page += "\n## States\n\n| name | unit | meaning |\n|---|---|---|\n";
  for (const StateRow& row : model.states) page += fmt::format("| `{}` | {} | {} |\n", row.name, row.unit, row.meaning);
  const auto drugs = registry().kinetics_in(model);
  if (!drugs.empty())
    page +=
        "\n## Doses\n\n| drug | amounts in | taken by | compartments of an event table (CMT 1, 2, …) "
        "|\n|---|---|---|---|\n";
  for (const KineticsModel* drug : drugs)
    page += fmt::format("| {} | {} | `{}` | `{}` |\n", drug_name(*drug), drug->amount_unit,
                        drug->states[drug->into].name, fmt::join(compartments(*drug), "`, `"));
  if (!model.covariates.empty())
    page += "\n## Covariates\n\n| name | unit | reference | meaning |\n|---|---|---|---|\n";
  for (const CovariateRow& row : model.covariates)
    page += fmt::format("| `{}` | {} | {:g} | {} |\n", row.name, row.unit, row.reference, row.meaning);
  page += "\n## Published sets\n\n| set | source |";
  for (const ParamRow& row : model.params) page += fmt::format(" {} |", row.name);
  page += " residual error |\n|---|---|";
  for (std::size_t i = 0; i <= model.params.size(); ++i) page += "---|";
  for (const ParameterSetView& set : model.sets) {
    page += fmt::format("\n| `{}` | {} |", set.name, set.source);
    for (const ParamRow& row : model.params) page += fmt::format(" {} |", value(set.values[row.index], row));
    page += fmt::format(" {} |", residual(set.residual, "10^9 cells/L"));
  }
  return page + "\n";
}

}  // namespace nadir

#include "sim/scenario/check_regimens.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/nearest.hpp"
#include "sim/scenario/quantity_text.hpp"

namespace nadir {

namespace {

constexpr std::size_t most_doses = 1000000;

PhysicalDimension without(PhysicalDimension dimension, PhysicalDimension::Base base) {
  dimension.power[base] = 0;
  return dimension;
}

const DrugSlot* find_drug(const Plan& plan, const std::string& name) {
  for (const DrugSlot& drug : plan.assembly.drugs)
    if (drug.name == name) return &drug;
  return nullptr;
}

bool gives(const Plan& plan, std::string_view covariate) {
  const auto index = static_cast<std::size_t>(covariate_index(covariate));
  const auto& rules = plan.population.cohort.rules;
  const bool drawn = std::any_of(rules.begin(), rules.end(), [&](const auto& rule) { return rule.covariate == index; });
  const auto from_table = [&](const ColumnChange& c) { return c.is_covariate && c.index == index; };
  return drawn || (plan.events && std::any_of(plan.events->columns.begin(), plan.events->columns.end(), from_table));
}

/// Amount and basis of "100 mg/m^2".
bool read_dose(const Plan& plan, const TreatmentSection& treatment, const DrugSlot& drug, Regimen& regimen,
               Problems& problems) {
  constexpr const char* example = "write for example dose = \"100 mg/m^2\", \"5 ug/kg\" or \"180 mg\"";
  const Place place = treatment.at("dose");
  const QuantityReading reading = read_quantity(treatment.dose);
  if (!reading.value) {
    problems.add(place, "'dose': " + reading.problem, reading.hint.empty() ? example : reading.hint);
    return false;
  }
  PhysicalDimension dimension = reading.value->parsed.dimension;
  using Base = PhysicalDimension;
  if (dimension.power[Base::area] == -1) {
    regimen.basis = Regimen::Basis::per_area;
    dimension = without(dimension, Base::area);
  } else if (dimension.power[Base::weight] == -1) {
    regimen.basis = Regimen::Basis::per_weight;
    dimension = without(dimension, Base::weight);
  }
  const auto factor = amount_factor(drug, dimension, reading.value->parsed.factor);
  if (!factor) {
    problems.add(place,
                 fmt::format("'{}' is {}; a dose is a mass or an amount of substance, or that per m^2 or kg",
                             treatment.dose, describe(reading.value->parsed.dimension)),
                 example);
    return false;
  }
  regimen.amount = reading.value->number * *factor;
  if (!(regimen.amount >= 0.0) || regimen.amount > 1e12) {
    problems.add(place, fmt::format("'dose' is {}; it must be zero or more, and finite", treatment.dose), example);
    return false;
  }
  const std::string_view needed = regimen.basis == Regimen::Basis::per_area     ? "bsa"
                                  : regimen.basis == Regimen::Basis::per_weight ? "wt"
                                                                                : "";
  if (!needed.empty() && !gives(plan, needed)) {
    problems.add(place,
                 fmt::format("a dose '{}' needs the covariate '{}', which neither the cohort nor [covariates] gives",
                             treatment.dose, needed),
                 needed == "bsa" ? "[covariates]\n              bsa = \"1.79 m^2\""
                                 : "[covariates]\n              wt = \"70 kg\"");
    return false;
  }
  return true;
}

void read_compartment(const TreatmentSection& treatment, const DrugSlot& drug, Regimen& regimen, Problems& problems) {
  regimen.compartment = static_cast<int>(drug.model->into);
  if (treatment.into.empty()) return;
  std::vector<std::string> names;
  for (const std::size_t state : drug.model->compartments) names.emplace_back(drug.model->states[state].name);
  const auto found = std::find(names.begin(), names.end(), treatment.into);
  if (found == names.end()) {
    problems.add(treatment.at("into"),
                 fmt::format("kinetics '{}' has no compartment '{}' that takes doses of {}", drug.model->id,
                             treatment.into, drug.name),
                 did_you_mean(treatment.into, names));
    return;
  }
  regimen.compartment = static_cast<int>(drug.model->compartments[static_cast<std::size_t>(found - names.begin())]);
}

void read_times(const TreatmentSection& treatment, Regimen& regimen, Problems& problems) {
  if (treatment.cycles > 1 && treatment.every == 0.0) {
    problems.add(treatment.at("cycles"), "several cycles need 'every', the length of a cycle", "every = \"21 d\"");
    return;
  }
  if (treatment.every > 0.0 && treatment.days.back() >= treatment.every && treatment.cycles > 1) {
    problems.add(treatment.at("days"),
                 fmt::format("day {} lies beyond the cycle of {} d", print_number(treatment.days.back()),
                             print_number(treatment.every)),
                 "the first day of a cycle is 0");
    return;
  }
  if (static_cast<std::size_t>(treatment.cycles) * treatment.days.size() > most_doses) {
    problems.add(treatment.at("cycles"), fmt::format("more than {} doses", most_doses), "are the cycles meant so?");
    return;
  }
  for (std::int64_t cycle = 0; cycle < treatment.cycles; ++cycle)
    for (const double day : treatment.days)
      regimen.times.push_back(treatment.start + static_cast<double>(cycle) * treatment.every + day);
}

/// Cycles are those of the treatment that has most of them.
void find_cycles(Plan& plan) {
  const TreatmentSection* longest = nullptr;
  for (const TreatmentSection& treatment : plan.scenario.treatments)
    if (longest == nullptr || treatment.cycles > longest->cycles) longest = &treatment;
  plan.cycles = {0.0};
  if (longest == nullptr || plan.events) return;
  plan.cycles.clear();
  for (std::int64_t cycle = 0; cycle < longest->cycles; ++cycle) {
    const double start = longest->start + static_cast<double>(cycle) * longest->every;
    if (start < plan.scenario.time.end) plan.cycles.push_back(start);
  }
  if (plan.cycles.empty()) plan.cycles = {0.0};
}

}  // namespace

std::optional<double> amount_factor(const DrugSlot& drug, const PhysicalDimension& dimension, double factor) {
  const PhysicalDimension mass = unit_of("mg").dimension, substance = unit_of("umol").dimension;
  const bool counts_mass = drug.model->amount_unit != "umol";
  const double counted = factor / drug.model->amount_scale;
  if (dimension == (counts_mass ? mass : substance)) return counted;
  const std::vector<double> none(drug.model->params.size(), 0.0);
  const double milligrams_a_micromole = drug.model->molar_mass(none.data()) / 1000.0;
  if (!(milligrams_a_micromole > 0.0)) return std::nullopt;
  if (dimension == mass) return counted / milligrams_a_micromole;
  if (dimension == substance) return counted * milligrams_a_micromole;
  return std::nullopt;
}

void check_regimens(Plan& plan, Problems& problems) {
  for (const TreatmentSection& treatment : plan.scenario.treatments) {
    const DrugSlot* drug = find_drug(plan, treatment.drug);
    if (drug == nullptr) continue;  // its problem is reported already
    if (plan.scenario.events) {
      if (treatment.has("dose"))
        problems.add(treatment.at("dose"), "with [events] all doses come from the table",
                     "write this dose into the table");
      continue;
    }
    if (!treatment.has("dose")) {
      problems.add(treatment.place, fmt::format("treatment '{}' needs 'dose'", treatment.drug),
                   "for example dose = \"100 mg/m^2\"; or give the doses in [events]");
      continue;
    }
    Regimen regimen{.drug = static_cast<std::size_t>(drug - plan.assembly.drugs.data()),
                    .duration = treatment.duration,
                    .text = treatment.dose};
    if (!read_dose(plan, treatment, *drug, regimen, problems)) continue;
    read_compartment(treatment, *drug, regimen, problems);
    if (!treatment.days.empty()) read_times(treatment, regimen, problems);
    plan.regimens.push_back(std::move(regimen));
  }
  find_cycles(plan);
}

}  // namespace nadir

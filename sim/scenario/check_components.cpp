#include "sim/scenario/check_components.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/nearest.hpp"
#include "sim/model/registry.hpp"
#include "sim/scenario/reader.hpp"

namespace nadir {

namespace {

/// The published set that a component uses: the one named, the one of its drug, or the only one.
const ParameterSetView* choose_set(const ComponentSection& component, const ModelInfo& model, const std::string& drug,
                                   Problems& problems) {
  const auto named = [&](const std::string& name) -> const ParameterSetView* {
    for (const ParameterSetView& set : model.sets)
      if (set.name == name) return &set;
    return nullptr;
  };
  std::vector<std::string> names;
  for (const ParameterSetView& set : model.sets) names.emplace_back(set.name);
  if (!component.set.empty()) {
    if (const auto* set = named(component.set)) return set;
    problems.add(component.at("set"), fmt::format("model '{}' has no set '{}'", model.id, component.set),
                 did_you_mean(component.set, names));
    return nullptr;
  }
  if (const auto* set = named(drug)) return set;
  if (model.sets.size() == 1) return &model.sets.front();
  problems.add(component.place, fmt::format("model '{}' has several published sets and needs 'set'", model.id),
               fmt::format("one of: {}", fmt::join(names, ", ")));
  return nullptr;
}

/// Applies `mtt = "95 h"` or `mtt = { cv = "20 %" }` to a parameter.
void change(Parameter& parameter, const ParameterText& text, Reader& reader) {
  const ParamRow& row = *parameter.row;
  parameter.given_by_user = true;
  if (text.value) {
    if (auto value = reader.number(*text.value, text.value_place, row.name, row.unit, row.range, false))
      parameter.typical = *value;
  }
  if (text.spread_kind.empty()) return;
  const bool normal_spread = text.spread_kind == "sd";
  const auto size = reader.number(text.spread, text.spread_place, text.spread_kind, normal_spread ? row.unit : "1",
                                  not_negative(), false);
  if (!size) return;
  const Spread::Kind kind = normal_spread              ? Spread::Kind::normal
                            : text.spread_kind == "cv" ? Spread::Kind::cv
                                                       : Spread::Kind::omega;
  parameter.spread = *size == 0.0 ? fixed() : Spread{kind, *size};
}

class Builder {
 public:
  Builder(Plan& plan, Problems& problems) : plan_(plan), reader_{sources_, problems}, problems_(problems) {}

  void marrows() {
    std::vector<std::pair<const MarrowModel*, const ComponentSection*>> found;
    for (const ComponentSection& section : plan_.scenario.marrows) {
      const MarrowModel* model = registry().marrow(section.model);
      if (model == nullptr) {
        unknown(section, Kind::marrow);
      } else if (std::any_of(found.begin(), found.end(), [&](auto& f) { return f.first->lineage == model->lineage; })) {
        problems_.add(section.at("model"), fmt::format("the lineage '{}' has two marrow models", model->lineage),
                      "one marrow model a lineage");
      } else {
        found.emplace_back(model, &section);
      }
    }
    std::sort(found.begin(), found.end(), [](auto& a, auto& b) { return a.first->lineage < b.first->lineage; });
    for (const auto& [model, section] : found) {
      const std::size_t offset = add(*section, *model, std::string(model->id), "");
      plan_.assembly.marrows.push_back({model, offset, states_});
      states_ += model->states.size();
      plan_.marrow_sets.push_back(last_set_);
    }
  }

  void drugs() {
    std::vector<const TreatmentSection*> found;
    for (const TreatmentSection& treatment : plan_.scenario.treatments) {
      if (treatment.drug.empty()) continue;  // reported as missing already
      const auto first = std::find_if(found.begin(), found.end(), [&](auto* f) { return f->drug == treatment.drug; });
      if (first == found.end()) {
        found.push_back(&treatment);
      } else if (!treatment.kinetics.model.empty() || !treatment.effects.empty()) {
        problems_.add(treatment.at("drug"), fmt::format("'{}' has its kinetics and effects already", treatment.drug),
                      "a second [[treatment]] of the same drug gives only doses");
      }
    }
    std::sort(found.begin(), found.end(), [](auto* a, auto* b) { return a->drug < b->drug; });
    for (const TreatmentSection* treatment : found) drug(*treatment);
    const auto& drugs = plan_.assembly.drugs;
    const auto linear = std::count_if(drugs.begin(), drugs.end(), [](const DrugSlot& d) { return d.model->linear; });
    if (static_cast<std::size_t>(linear) > most_drugs)
      problems_.add(found.back()->at("drug"),
                    fmt::format("{} drugs with linear kinetics; at most {} go together", linear, most_drugs),
                    "leave out drugs that change nothing here");
  }

 private:
  void unknown(const ComponentSection& section, Kind kind) {
    if (section.model.empty()) return;
    const auto ids = registry().ids(kind);
    const ModelInfo* other = registry().any(section.model);
    const std::string hint = other != nullptr ? fmt::format("'{}' is a model of {}", section.model, name(other->kind))
                                              : did_you_mean(section.model, ids);
    problems_.add(section.at("model"), fmt::format("there is no {} model '{}'", name(kind), section.model), hint);
  }

  void drug(const TreatmentSection& treatment) {
    if (treatment.kinetics.model.empty()) {
      problems_.add(treatment.place, fmt::format("treatment '{}' needs 'kinetics'", treatment.drug),
                    fmt::format("one of: {}", fmt::join(kinetics_of(treatment.drug), ", ")));
      return;
    }
    const MarrowModel* host = registry().marrow(treatment.kinetics.model);
    if (host != nullptr && !host->drugs.empty()) return hosted_drug(treatment, *host);
    const KineticsModel* kinetics = registry().kinetic(treatment.kinetics.model);
    if (kinetics == nullptr) return unknown(treatment.kinetics, Kind::kinetics);
    if (!kinetics->drug.empty() && kinetics->drug != treatment.drug) {
      problems_.add(
          treatment.at("kinetics"),
          fmt::format("'{}' is the kinetics of {}, not of '{}'", kinetics->id, kinetics->drug, treatment.drug),
          fmt::format("one of: {}", fmt::join(kinetics_of(treatment.drug), ", ")));
      return;
    }
    const std::size_t offset = add(treatment.kinetics, *kinetics, treatment.drug, treatment.drug);
    DrugSlot slot{treatment.drug, kinetics, offset, states_, {}};
    if (!kinetics->linear) states_ += kinetics->states.size();
    for (const ComponentSection& section : treatment.effects) effect(treatment, section, slot);
    plan_.assembly.drugs.push_back(std::move(slot));
  }

  /// A drug whose kinetics are part of a marrow of the scenario.
  void hosted_drug(const TreatmentSection& treatment, const MarrowModel& host) {
    const KineticsModel* kinetics = host.hosts(treatment.drug);
    if (kinetics == nullptr) {
      std::vector<std::string_view> names;
      for (const KineticsModel& drug : host.drugs) names.push_back(drug.drug);
      problems_.add(
          treatment.at("kinetics"),
          fmt::format("'{}' has the kinetics of {}, not of '{}'", host.id, fmt::join(names, " and "), treatment.drug),
          fmt::format("one of: {}", fmt::join(kinetics_of(treatment.drug), ", ")));
      return;
    }
    const auto& marrows = plan_.assembly.marrows;
    const auto slot = std::find_if(marrows.begin(), marrows.end(), [&](auto& m) { return m.model == &host; });
    if (slot == marrows.end()) {
      problems_.add(treatment.at("kinetics"),
                    fmt::format("the kinetics of '{}' are part of the marrow '{}', which this scenario does not have",
                                treatment.drug, host.id),
                    fmt::format("[[marrow]]\n              model = \"{}\"", host.id));
      return;
    }
    if (!treatment.kinetics.set.empty() || !treatment.kinetics.parameters.empty()) {
      problems_.add(treatment.at("kinetics"),
                    fmt::format("the parameters of '{}' are those of the marrow '{}'", treatment.drug, host.id),
                    fmt::format("kinetics = \"{}\", and its set and parameters in [[marrow]]", host.id));
      return;
    }
    DrugSlot drug{treatment.drug, kinetics, slot->params, slot->states, {}};
    for (const ComponentSection& section : treatment.effects) effect(treatment, section, drug);
    plan_.assembly.drugs.push_back(std::move(drug));
  }

  void effect(const TreatmentSection& treatment, const ComponentSection& section, DrugSlot& slot) {
    const EffectModel* model = registry().effect(section.model);
    if (model == nullptr) return unknown(section, Kind::effect);
    const auto& marrows = plan_.assembly.marrows;
    const auto target = std::find_if(marrows.begin(), marrows.end(),
                                     [&](const MarrowSlot& m) { return m.model->lineage == model->lineage; });
    if (target == marrows.end() || !target->model->honours_suppression()) {
      const std::string message =
          target == marrows.end()
              ? fmt::format("effect '{}' acts on the {} lineage, which no [[marrow]] of this scenario represents",
                            model->id, model->lineage)
              : fmt::format("effect '{}' acts on division, which marrow '{}' lets no drug effect change", model->id,
                            target->model->id);
      std::vector<std::string_view> able;
      for (const MarrowModel& marrow : registry().marrows)
        if (marrow.lineage == model->lineage && marrow.honours_suppression()) able.push_back(marrow.id);
      problems_.add(section.at("model"), message, fmt::format("marrow models that do: {}", fmt::join(able, ", ")));
      return;
    }
    const std::string owner = treatment.drug + "." + std::string(target->model->signal.name);
    const auto twice = std::any_of(plan_.assembly.slots.begin(), plan_.assembly.slots.end(),
                                   [&](const Slot& other) { return other.owner == owner; });
    if (twice) {
      problems_.add(section.at("model"),
                    fmt::format("'{}' has two effects on the {} lineage", treatment.drug, model->lineage),
                    "one effect a lineage");
      return;
    }
    const std::size_t offset = add(section, *model, owner, treatment.drug);
    slot.effects.push_back({model, offset, static_cast<std::size_t>(target - marrows.begin())});
    need_molar_mass(treatment, slot);
  }

  /// Effects see umol/L; a kinetics that counts a mass must know how much a umol weighs.
  void need_molar_mass(const TreatmentSection& treatment, const DrugSlot& slot) {
    if (slot.model->amount_unit == "umol") return;
    std::vector<double> typical;
    for (std::size_t i = 0; i < slot.model->params.size(); ++i) {
      const Parameter& parameter = plan_.population.parameters[slot.params + i];
      typical.push_back(parameter.typical * parameter.row->parsed.factor);
    }
    if (!(slot.model->molar_mass(typical.data()) > 0.0))
      problems_.add(treatment.at("kinetics"), fmt::format("the effect of '{}' needs its molar mass", treatment.drug),
                    slot.model->hosted ? "the marrow that hosts it does not know it"
                                       : "kinetics = { model = \"…\", molar_mass = \"… g/mol\", … }");
  }

  std::vector<std::string_view> kinetics_of(const std::string& drug) const {
    std::vector<std::string_view> ids;
    for (const KineticsModel& model : registry().kinetics)
      if (model.drug == drug || model.drug.empty()) ids.push_back(model.id);
    for (const MarrowModel& marrow : registry().marrows)
      if (marrow.hosts(drug) != nullptr) ids.push_back(marrow.id);
    return ids;
  }

  /// Appends a component's parameters; returns their offset.
  std::size_t add(const ComponentSection& section, const ModelInfo& model, const std::string& owner,
                  const std::string& drug) {
    auto& parameters = plan_.population.parameters;
    const std::size_t offset = parameters.size();
    const ParameterSetView* set = last_set_ = choose_set(section, model, drug, problems_);
    for (const ParamRow& row : model.params) {
      const SetValue value = set != nullptr ? set->values[row.index] : SetValue{1.0, {}};
      parameters.push_back({owner + "." + std::string(row.name), &row, value.value, value.spread});
    }
    std::vector<std::string> names;
    for (const ParamRow& row : model.params) names.emplace_back(row.name);
    for (const ParameterText& text : section.parameters) {
      const auto row = std::find(names.begin(), names.end(), text.name);
      if (row == names.end()) {
        problems_.add(text.place,
                      fmt::format("{} model '{}' has no parameter '{}'", name(model.kind), model.id, text.name),
                      did_you_mean(text.name, names));
      } else {
        change(parameters[offset + static_cast<std::size_t>(row - names.begin())], text, reader_);
      }
    }
    plan_.assembly.slots.push_back({&model, owner, offset});
    return offset;
  }

  Plan& plan_;
  Sources sources_;
  Reader reader_;
  Problems& problems_;
  std::size_t states_ = 0;
  const ParameterSetView* last_set_ = nullptr;
};

}  // namespace

void check_components(Plan& plan, Problems& problems) {
  Builder builder(plan, problems);
  builder.marrows();
  builder.drugs();
}

}  // namespace nadir

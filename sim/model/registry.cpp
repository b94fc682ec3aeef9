#include "sim/model/registry.hpp"

#include <algorithm>

namespace nadir {

namespace {

template <class Model>
const Model* find(const std::vector<Model>& models, std::string_view id) {
  const auto found = std::find_if(models.begin(), models.end(), [&](const Model& model) { return model.id == id; });
  return found == models.end() ? nullptr : &*found;
}

}  // namespace

std::string_view name(Kind kind) {
  switch (kind) {
    case Kind::marrow:
      return "marrow";
    case Kind::kinetics:
      return "kinetics";
    case Kind::effect:
      return "effect";
  }
  return "";
}

const MarrowModel* Registry::marrow(std::string_view id) const { return find(marrows, id); }
const KineticsModel* Registry::kinetic(std::string_view id) const { return find(kinetics, id); }
const EffectModel* Registry::effect(std::string_view id) const { return find(effects, id); }

std::vector<const ModelInfo*> Registry::all() const {
  std::vector<const ModelInfo*> list;
  for (const auto& model : marrows) list.push_back(&model);
  for (const auto& model : kinetics) list.push_back(&model);
  for (const auto& model : effects) list.push_back(&model);
  return list;
}

const ModelInfo* Registry::any(std::string_view id) const {
  for (const ModelInfo* model : all())
    if (model->id == id) return model;
  return nullptr;
}

std::vector<const KineticsModel*> Registry::kinetics_in(const ModelInfo& model) const {
  std::vector<const KineticsModel*> list;
  if (const KineticsModel* own = kinetic(model.id)) list.push_back(own);
  if (const MarrowModel* host = marrow(model.id))
    for (const KineticsModel& drug : host->drugs) list.push_back(&drug);
  return list;
}

std::vector<std::string> Registry::ids(Kind kind) const {
  std::vector<std::string> list;
  for (const ModelInfo* model : all())
    if (model->kind == kind) list.emplace_back(model->id);
  return list;
}

}  // namespace nadir

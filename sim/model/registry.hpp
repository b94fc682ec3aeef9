#pragma once
/// All models there are. The list is written by CMake from the headers below models/.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/model/component.hpp"

namespace nadir {

/// In alphabetical order of id, so that nothing depends on the order of files.
struct Registry {
  std::vector<MarrowModel> marrows;
  std::vector<KineticsModel> kinetics;
  std::vector<EffectModel> effects;

  const MarrowModel* marrow(std::string_view id) const;
  const KineticsModel* kinetic(std::string_view id) const;
  const EffectModel* effect(std::string_view id) const;
  const ModelInfo* any(std::string_view id) const;
  std::vector<const ModelInfo*> all() const;
  std::vector<std::string> ids(Kind kind) const;

  /// The kinetics that a model is, or those of the drugs that it hosts.
  std::vector<const KineticsModel*> kinetics_in(const ModelInfo& model) const;
};

const Registry& registry();

}  // namespace nadir

#include "sim/model/assembly.hpp"

#include <algorithm>

namespace nadir {

std::size_t Assembly::parameters() const {
  std::size_t count = 0;
  for (const Slot& slot : slots) count += slot.model->params.size();
  return count;
}

std::size_t Assembly::states() const { return scales().size(); }

std::vector<double> Assembly::scales() const {
  std::vector<double> list;
  const auto append = [&](const ModelInfo& model) {
    for (const StateRow& row : model.states) list.push_back(row.parsed.factor);
  };
  for (const MarrowSlot& slot : marrows) append(*slot.model);
  for (const DrugSlot& slot : drugs)
    if (!slot.model->linear && !slot.model->hosted) append(*slot.model);
  return list;
}

void Assembly::rest(std::span<const double> params, std::span<double> states) const {
  std::fill(states.begin(), states.end(), 0.0);
  for (const MarrowSlot& slot : marrows) slot.model->rest(&params[slot.params], &states[slot.states]);
}

double Assembly::concentration(std::size_t d, const double* states, std::span<const double> params,
                               std::span<const double> linear) const {
  const DrugSlot& drug = drugs[d];
  const double* own = &params[drug.params];
  return drug.model->linear ? linear[d] / drug.model->volume(own)
                            : drug.model->concentration(states + drug.states, own);
}

void Assembly::rhs(const double* states, std::span<const double> params, std::span<const double> linear,
                   std::span<const double> inputs, double* rates) const {
  constexpr std::size_t most_marrows = 8;
  std::array<Ports<double>, most_marrows> ports{};
  for (std::size_t d = 0; d < drugs.size(); ++d) {
    const DrugSlot& drug = drugs[d];
    if (drug.model->rhs != nullptr) {
      drug.model->rhs(states + drug.states, &params[drug.params], &inputs[drug.states], rates + drug.states);
    }
    if (drug.effects.empty()) continue;
    const Exposure<double> seen =
        exposure_at(*drug.model, concentration(d, states, params, linear), &params[drug.params]);
    for (const EffectSlot& effect : drug.effects)
      effect.model->drive(ports[effect.marrow], seen, &params[effect.params]);
  }
  for (std::size_t m = 0; m < marrows.size(); ++m) {
    const MarrowSlot& slot = marrows[m];
    slot.model->rhs(states + slot.states, &params[slot.params], ports[m], &inputs[slot.states], rates + slot.states);
  }
}

}  // namespace nadir

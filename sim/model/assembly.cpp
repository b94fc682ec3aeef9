#include "sim/model/assembly.hpp"

#include <algorithm>

namespace nadir {

std::size_t Assembly::parameters() const {
  std::size_t count = 0;
  for (const Slot& slot : slots) count += slot.model->params.size();
  return count;
}

std::size_t Assembly::states() const {
  std::size_t count = 0;
  for (const MarrowSlot& slot : marrows) count += slot.model->states.size();
  for (const DrugSlot& slot : drugs)
    if (!slot.model->linear) count += slot.model->states.size();
  return count;
}

void Assembly::rest(std::span<const double> params, std::span<double> states) const {
  std::fill(states.begin(), states.end(), 0.0);
  for (const MarrowSlot& slot : marrows) slot.model->rest(&params[slot.params], &states[slot.states]);
}

double Assembly::central(std::size_t d, const double* states, std::span<const double> linear) const {
  const DrugSlot& drug = drugs[d];
  return drug.model->linear ? linear[d] : states[drug.states + static_cast<std::size_t>(drug.model->shape.central())];
}

void Assembly::rhs(const double* states, std::span<const double> params, std::span<const double> linear,
                   std::span<const std::array<double, 4>> inputs, double* rates) const {
  constexpr std::size_t most_marrows = 8;
  std::array<Ports<double>, most_marrows> ports{};
  for (std::size_t d = 0; d < drugs.size(); ++d) {
    const DrugSlot& drug = drugs[d];
    if (!drug.model->linear) {
      drug.model->rhs(states + drug.states, &params[drug.params], inputs[d].data(), rates + drug.states);
    }
    if (drug.effects.empty()) continue;
    const Exposure<double> seen = exposure(*drug.model, central(d, states, linear), &params[drug.params]);
    for (const EffectSlot& effect : drug.effects)
      effect.model->drive(ports[effect.marrow], seen, &params[effect.params]);
  }
  for (std::size_t m = 0; m < marrows.size(); ++m) {
    const MarrowSlot& slot = marrows[m];
    slot.model->rhs(states + slot.states, &params[slot.params], ports[m], rates + slot.states);
  }
}

}  // namespace nadir

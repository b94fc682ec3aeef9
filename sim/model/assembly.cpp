#include "sim/model/assembly.hpp"

#include <algorithm>
#include <array>
#include <type_traits>

#include "sim/model/readings/recorded.hpp"

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

namespace {

/// The functions of a model for one kind of numbers.
template <class T, class Model>
const auto& in(const Model& model) {
  if constexpr (std::is_same_v<T, double>) {
    return model;
  } else {
    return model.recorded;
  }
}

}  // namespace

template <class T>
T Assembly::concentration(std::size_t d, const T* states, std::span<const T> params, std::span<const T> linear) const {
  const DrugSlot& drug = drugs[d];
  const T* own = &params[drug.params];
  if (drug.model->linear) return linear[d] / in<T>(*drug.model).volume(own);
  return in<T>(*drug.model).concentration(states + drug.states, own);
}

template <class T>
void Assembly::rhs(const T* states, std::span<const T> params, std::span<const T> linear, std::span<const T> inputs,
                   T* rates) const {
  std::array<Ports<T>, most_marrows> ports{};
  for (std::size_t d = 0; d < drugs.size(); ++d) {
    const DrugSlot& drug = drugs[d];
    if (drug.model->rhs != nullptr)
      in<T>(*drug.model).rhs(states + drug.states, &params[drug.params], &inputs[drug.states], rates + drug.states);
    if (drug.effects.empty()) continue;
    const Exposure<T> seen = exposure_at<T>(*drug.model, concentration<T>(d, states, params, linear),
                                            in<T>(*drug.model).molar_mass(&params[drug.params]));
    for (const EffectSlot& effect : drug.effects)
      in<T>(*effect.model).drive(ports[effect.marrow], seen, &params[effect.params]);
  }
  for (std::size_t m = 0; m < marrows.size(); ++m) {
    const MarrowSlot& slot = marrows[m];
    in<T>(*slot.model)
        .rhs(states + slot.states, &params[slot.params], ports[m], &inputs[slot.states], rates + slot.states);
  }
}

template double Assembly::concentration(std::size_t, const double*, std::span<const double>,
                                        std::span<const double>) const;
template Recorded Assembly::concentration(std::size_t, const Recorded*, std::span<const Recorded>,
                                          std::span<const Recorded>) const;
template void Assembly::rhs(const double*, std::span<const double>, std::span<const double>, std::span<const double>,
                            double*) const;
template void Assembly::rhs(const Recorded*, std::span<const Recorded>, std::span<const Recorded>,
                            std::span<const Recorded>, Recorded*) const;

}  // namespace nadir

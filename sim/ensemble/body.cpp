#include "sim/ensemble/body.hpp"

#include <algorithm>

namespace nadir {

namespace {

bool all_zero(const Compartments& values) {
  return std::all_of(values.begin(), values.end(), [](double v) { return v == 0.0; });
}

}  // namespace

Body::Body(const Assembly& assembly, std::span<const std::vector<double>> parameters)
    : assembly_(assembly),
      sets_(parameters),
      states_(assembly.states()),
      drugs_(assembly.drugs.size()),
      inputs_(states_.size()),
      linear_(assembly.drugs.size()) {
  use_parameters(0);
  assembly_.rest(params_, states_);
}

void Body::use_parameters(std::size_t set) {
  params_ = sets_[set];
  for (std::size_t d = 0; d < drugs_.size(); ++d) {
    const DrugSlot& slot = assembly_.drugs[d];
    if (slot.model->linear) drugs_[d].solution = {slot.model->constants(&params_[slot.params]), slot.model->shape};
  }
}

void Body::apply(const Event& event) {
  switch (event.kind) {
    case Event::Kind::reset:
      return reset();
    case Event::Kind::steady_state:
      return steady(event);
    case Event::Kind::bolus:
    case Event::Kind::rate:
      return add(event);
    case Event::Kind::parameters:
      return use_parameters(event.index);
    case Event::Kind::observe:
      return;
  }
}

void Body::reset() {
  assembly_.rest(params_, states_);
  std::fill(inputs_.begin(), inputs_.end(), 0.0);
  for (std::size_t d = 0; d < drugs_.size(); ++d) {
    drugs_[d].amounts = drugs_[d].inputs = {};
    settle(d);
  }
}

void Body::add(const Event& event) {
  const DrugSlot& slot = assembly_.drugs[event.drug];
  Drug& drug = drugs_[event.drug];
  const auto place = static_cast<std::size_t>(event.compartment);
  const double amount = event.amount * slot.model->amount_scale;
  if (event.kind == Event::Kind::rate) {
    double& rate = slot.model->linear ? drug.inputs[place] : inputs_[slot.states + place];
    rate += amount;
    // What remains of adding and taking away the same rates is rounding, not an infusion.
    if (rate < 1e-12 * std::max(amount, -amount)) rate = 0.0;
  } else {
    (slot.model->linear ? drug.amounts[place] : states_[slot.states + place]) += amount;
  }
  settle(event.drug);
}

void Body::steady(const Event& event) {
  Drug& drug = drugs_[event.drug];
  const double scale = assembly_.drugs[event.drug].model->amount_scale;
  const Compartments reached = drug.solution.steady_state(event.repeated, event.phase);
  if (event.replace) drug.amounts = drug.inputs = {};
  for (std::size_t i = 0; i < reached.size(); ++i) drug.amounts[i] += reached[i] * scale;
  settle(event.drug);
}

void Body::settle(std::size_t d) { drugs_[d].empty = all_zero(drugs_[d].amounts) && all_zero(drugs_[d].inputs); }

void Body::move(double time, std::span<const double> states) {
  for (std::size_t d = 0; d < drugs_.size(); ++d) {
    Drug& drug = drugs_[d];
    if (assembly_.drugs[d].model->linear && !drug.empty)
      drug.amounts = drug.solution.propagate(drug.amounts, drug.inputs, time - time_);
  }
  std::copy(states.begin(), states.end(), states_.begin());
  time_ = time;
}

double Body::central(std::size_t d, double time) const {
  const Drug& drug = drugs_[d];
  if (drug.empty || !assembly_.drugs[d].model->linear) return 0.0;
  return drug.solution.central(drug.amounts, drug.inputs, time - time_);
}

void Body::rates(double time, const double* states, double* rates) const {
  for (std::size_t d = 0; d < drugs_.size(); ++d)
    if (!assembly_.drugs[d].effects.empty()) linear_[d] = central(d, time);
  assembly_.rhs<double>(states, params_, linear_, inputs_, rates);
}

double Body::count(std::size_t m, std::span<const double> states) const {
  const MarrowSlot& slot = assembly_.marrows[m];
  return slot.model->count(&states[slot.states], &params_[slot.params]);
}

CentralModes Body::modes(std::size_t d) const {
  return drugs_[d].solution.central_modes(drugs_[d].amounts, drugs_[d].inputs);
}

double Body::amount_per_concentration(std::size_t d) const {
  const KineticsModel& model = *assembly_.drugs[d].model;
  return model.volume(&params_[assembly_.drugs[d].params]) * model.amount_scale;
}

double Body::concentration(std::size_t d, double time, std::span<const double> states) const {
  linear_[d] = central(d, time);
  return assembly_.concentration<double>(d, states.data(), params_, linear_) / assembly_.drugs[d].model->amount_scale;
}

}  // namespace nadir

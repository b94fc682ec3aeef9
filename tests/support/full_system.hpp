#pragma once
/// A drug with three linear compartments and a transit chain as eight differential equations, for solvers that know no
/// closed form. Times in days.

#include <vector>

#include "sim/scenario/plan.hpp"

namespace nadir::test {

struct FullSystem {
  using State = std::vector<double>;
  const Plan& plan;  ///< one marrow, one drug with one effect
  std::vector<double> p;
  double rate = 0.0;  ///< infusion [mg/d]

  State rest() const {
    State x(8, 0.0);
    plan.assembly.marrows[0].model->rest(&p[plan.assembly.marrows[0].params], &x[3]);
    return x;
  }

  void operator()(const State& x, State& dx, double) const { rates(x.data(), dx.data()); }

  void rates(const double* x, double* dx) const {
    const DrugSlot& drug = plan.assembly.drugs[0];
    const Mammillary<double> constants = drug.model->constants(&p[drug.params]);
    const auto a = mammillary_rhs<double>({x[0], x[1], x[2], 0.0}, constants, drug.model->shape);
    for (int i = 0; i < 3; ++i) dx[i] = a[i];
    dx[0] += rate;
    Ports<double> ports;
    drug.effects[0].model->drive(ports, exposure(*drug.model, x[0], &p[drug.params]), &p[drug.effects[0].params]);
    plan.assembly.marrows[0].model->rhs(x + 3, &p[plan.assembly.marrows[0].params], ports, nullptr, dx + 3);
  }
};

}  // namespace nadir::test

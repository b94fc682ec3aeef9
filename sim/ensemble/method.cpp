#include "sim/ensemble/method.hpp"

#include <algorithm>
#include <cmath>

#include "sim/ensemble/body.hpp"
#include "sim/ensemble/subject.hpp"
#include "sim/lanes/kernels.hpp"
#include "sim/model/program.hpp"

namespace nadir {

namespace {

/// Beyond this an explicit method spends most of its steps on keeping itself stable.
constexpr double stiff_from = 2e4;

/// The typical patient of the plan; doses are those of patient 0.
Subject typical_subject(const Plan& plan) {
  Plan typical = plan;
  typical.population.variable = false;
  return make_subject(typical, 0);
}

/// The largest row sum of the Jacobian [1/d]: a bound of its fastest rate.
double fastest_rate(const Program& program, std::span<const double> parameters, std::span<const double> inputs,
                    std::span<const double> states, std::span<const double> amounts) {
  const lanes::Code& code = program.code();
  const lanes::Implicit& implicit = program.implicit();
  std::vector<lanes::Row> memory(static_cast<std::size_t>(program.rows()) + 1);
  std::vector<double> room;
  double* values = memory[0].x;
  const auto at = [&](int row) -> double& { return memory[static_cast<std::size_t>(row)][0]; };
  program.place_constants(parameters, inputs, values, 0, room);
  for (int s = 0; s < code.states; ++s) at(code.first_state() + s) = states[static_cast<std::size_t>(s)];
  for (std::size_t d = 0; d < amounts.size(); ++d)
    if (program.drug_row(d) >= 0) at(program.drug_row(d)) = amounts[d];
  const lanes::Kernels& kernels = lanes::kernels();
  kernels.evaluate(code.body, code.instructions, values);
  kernels.evaluate(implicit.body, implicit.instructions, values);
  std::vector<double> sums(states.size(), 0.0);
  for (int n = 0; n < implicit.derivative_count; ++n) {
    const lanes::Derivative& derivative = implicit.derivatives[n];
    if (derivative.by < code.states) sums[static_cast<std::size_t>(derivative.state)] += std::fabs(at(derivative.row));
  }
  return sums.empty() ? 0.0 : *std::max_element(sums.begin(), sums.end());
}

}  // namespace

double stiffness(const Plan& plan) {
  const Program program(plan.assembly, Derivatives::yes);
  const Subject subject = typical_subject(plan);
  Body body(plan.assembly, subject.parameters);
  std::vector<double> amounts(plan.assembly.drugs.size(), 0.0);
  const auto rate = [&] { return fastest_rate(program, body.parameters(), body.inputs(), body.states(), amounts); };
  double fastest = rate();
  // Just after the largest dose of each drug, as if it had all come at once.
  for (std::size_t d = 0; d < amounts.size(); ++d) {
    double largest = 0.0;
    for (const GivenDose& dose : subject.timeline.doses)
      if (dose.drug == d) largest = std::max(largest, dose.amount);
    if (plan.assembly.drugs[d].model->linear) {
      amounts[d] = largest * plan.assembly.drugs[d].model->amount_scale;
    } else {
      const std::size_t into = plan.assembly.drugs[d].model->into;
      body.apply({.kind = Event::Kind::bolus, .drug = d, .compartment = static_cast<int>(into), .amount = largest});
    }
  }
  fastest = std::max(fastest, rate());
  return fastest * plan.scenario.time.end;
}

const Method& method_of(const Plan& plan) {
  const Method& asked = *find_method(plan.scenario.solver.method);
  if (asked.name != "auto") return asked;
  // What is not finite here is no reason to give up the usual method.
  return *find_method(stiffness(plan) > stiff_from ? "rodas5p" : "taylor");
}

}  // namespace nadir

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

/// The Jacobian of a plan's equations, as large as its largest row sum [1/d]: a bound of the fastest rate.
class Fastest {
 public:
  Fastest(const Plan& plan, const Body& body)
      : program_(plan.assembly, Derivatives::yes), body_(body), memory_(static_cast<std::size_t>(program_.rows()) + 1) {
    std::vector<double> room;
    program_.place_constants(body.parameters(), body.inputs(), memory_[0].x, 0, room);
  }

  /// With the body's states, and these central amounts of the drugs in closed form.
  double operator()(std::span<const double> amounts) {
    const lanes::Code& code = program_.code();
    const lanes::Implicit& implicit = program_.implicit();
    for (int s = 0; s < code.states; ++s) at(code.first_state() + s) = body_.states()[static_cast<std::size_t>(s)];
    for (std::size_t d = 0; d < amounts.size(); ++d)
      if (program_.drug_row(d) >= 0) at(program_.drug_row(d)) = amounts[d];
    const lanes::Kernels& kernels = lanes::kernels();
    kernels.evaluate(code.body, code.instructions, memory_[0].x);
    kernels.evaluate(implicit.body, implicit.instructions, memory_[0].x);
    std::vector<double> sums(static_cast<std::size_t>(code.states) + 1, 0.0);
    for (int n = 0; n < implicit.derivative_count; ++n) {
      const lanes::Derivative& derivative = implicit.derivatives[n];
      if (derivative.by < code.states)
        sums[static_cast<std::size_t>(derivative.state)] += std::fabs(at(derivative.row));
    }
    return *std::max_element(sums.begin(), sums.end());
  }

 private:
  double& at(int row) { return memory_[static_cast<std::size_t>(row)][0]; }

  Program program_;
  const Body& body_;
  std::vector<lanes::Row> memory_;
};

struct Given {
  double largest = 0.0, doses = 0.0;
};

Given given(const Subject& subject, std::size_t drug) {
  Given result;
  for (const GivenDose& dose : subject.timeline.doses) {
    if (dose.drug != drug) continue;
    result.largest = std::max(result.largest, dose.amount);
    result.doses += 1.0;
  }
  return result;
}

/// ∫ of what one dose of a drug in closed form adds to the fastest rate while it leaves the body: it is given at once
/// and followed over times that grow by a tenth.
double added_by_dose(Fastest& fastest, std::size_t drugs, std::size_t d, const Body& dosed, double end) {
  std::vector<double> amounts(drugs, 0.0);
  const double at_rest = fastest(amounts);
  const CentralModes modes = dosed.modes(d);
  double sum = 0.0;
  for (double from = 0.0, to = 1e-5; from < end; from = to, to *= 1.1) {
    CentralModes later = modes;
    later.advance(modes.step(from));
    amounts[d] = later.central();
    sum += std::max(0.0, fastest(amounts) - at_rest) * (std::min(to, end) - from);
  }
  return sum;
}

}  // namespace

double stiffness(const Plan& plan) {
  const Subject subject = typical_subject(plan);
  Body body(plan.assembly, subject.parameters);
  Fastest fastest(plan, body);
  const double end = plan.scenario.time.end;
  const std::size_t drugs = plan.assembly.drugs.size();
  const std::vector<double> none(drugs, 0.0);
  double steps = fastest(none) * end;
  for (std::size_t d = 0; d < drugs; ++d) {
    const Given doses = given(subject, d);
    if (doses.doses == 0.0) continue;
    Body dosed(plan.assembly, subject.parameters);
    const KineticsModel& model = *plan.assembly.drugs[d].model;
    dosed.apply(
        {.kind = Event::Kind::bolus, .drug = d, .compartment = static_cast<int>(model.into), .amount = doses.largest});
    if (model.linear) {
      steps += doses.doses * added_by_dose(fastest, drugs, d, dosed, end);
    } else {
      // How long it stays is not known beforehand: as if for ever.
      Fastest with_drug(plan, dosed);
      steps = std::max(steps, with_drug(none) * end);
    }
  }
  return steps;
}

const Method& method_of(const Plan& plan) {
  const Method& asked = *find_method(plan.scenario.solver.method);
  if (asked.name != "auto") return asked;
  // What is not finite here is no reason to give up the usual method.
  return *find_method(stiffness(plan) > stiff_from ? "rodas5p" : "taylor");
}

}  // namespace nadir

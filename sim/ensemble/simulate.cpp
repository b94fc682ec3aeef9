#include "sim/ensemble/simulate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "sim/ode/stepper.hpp"
#include "sim/scenario/methods.hpp"

namespace nadir {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// The quartic through five values at θ = 0, ¼, ½, ¾, 1.
std::array<double, 5> quartic(const std::array<double, 5>& y) {
  return {y[0], (-25.0 * y[0] + 48.0 * y[1] - 36.0 * y[2] + 16.0 * y[3] - 3.0 * y[4]) / 3.0,
          (70.0 * y[0] - 208.0 * y[1] + 228.0 * y[2] - 112.0 * y[3] + 22.0 * y[4]) / 3.0,
          (-80.0 * y[0] + 288.0 * y[1] - 384.0 * y[2] + 224.0 * y[3] - 48.0 * y[4]) / 3.0,
          (32.0 * y[0] - 128.0 * y[1] + 192.0 * y[2] - 128.0 * y[3] + 32.0 * y[4]) / 3.0};
}

/// The method of the plan where it takes one patient at a time, else our own.
std::string_view stepper_name(const Plan& plan) {
  const Method* method = find_method(plan.scenario.solver.method);
  return method == nullptr || method->lanes || method->name == "auto" ? "dormand_prince" : method->name;
}

class Simulation {
 public:
  Simulation(const Plan& plan, const Subject& subject)
      : plan_(plan),
        subject_(subject),
        body_(plan.assembly, subject.parameters),
        stepper_(make_stepper(
            stepper_name(plan), body_.states().size(),
            {plan.scenario.solver.relative, plan.scenario.solver.absolute, plan.scenario.solver.max_steps})),
        rates_([this](double t, const double* x, double* dx) { rates(t, x, dx); }),
        scales_(plan.assembly.scales()),
        between_(scales_.size()),
        real_(scales_.size()) {
    course_.counts.resize(plan.assembly.marrows.size());
    course_.count_series.assign(plan.assembly.marrows.size(), std::vector<double>(plan.times.size(), nan));
    course_.drug_series.assign(plan.assembly.drugs.size(), std::vector<double>(plan.times.size(), nan));
    if (subject.records != nullptr) course_.predicted.assign(subject.records->observations.size(), nan);
  }

  /// The course of a patient who cannot be simulated: no values at all.
  Course refuse() {
    course_.status = StepStatus::bad_parameters;
    return std::move(course_);
  }

  Course run() {
    sample_until(0.0, body_.states());
    for (const Event& event : subject_.timeline.events) {
      advance(event.time);
      if (course_.status != StepStatus::ok) break;
      if (event.kind == Event::Kind::observe) {
        course_.predicted[event.index] = predict(plan_, body_, event.time);
      } else {
        body_.apply(event);
        restart_ = true;
      }
    }
    if (course_.status == StepStatus::ok) advance(plan_.scenario.time.end);
    course_.steps = stepper_->tried();
    return std::move(course_);
  }

 private:
  /// Integrates up to `until`; nothing happens between.
  void advance(double until) {
    if (until <= body_.time()) return;
    if (body_.states().empty()) {
      sample_until(until, {});
      body_.move(until, {});
      return;
    }
    if (restart_) start();
    restart_ = false;
    while (stepper_->time() < until) {
      course_.status = stepper_->step(rates_, until);
      if (course_.status != StepStatus::ok) return;
      record_step();
    }
    body_.move(until, in_real_units(stepper_->state()));
  }

  // The stepper counts each state in the unit of its row, in which the absolute tolerance is meant.

  void start() {
    for (std::size_t i = 0; i < scales_.size(); ++i) between_[i] = body_.states()[i] / scales_[i];
    stepper_->start(rates_, body_.time(), between_);
  }

  void rates(double t, const double* x, double* dx) {
    body_.rates(t, in_real_units({x, scales_.size()}).data(), dx);
    for (std::size_t i = 0; i < scales_.size(); ++i) dx[i] /= scales_[i];
  }

  std::span<const double> in_real_units(std::span<const double> x) {
    for (std::size_t i = 0; i < scales_.size(); ++i) real_[i] = x[i] * scales_[i];
    return real_;
  }

  /// States within the step just made.
  std::span<const double> between(double theta) {
    stepper_->interpolate(theta, between_);
    return in_real_units(between_);
  }

  /// Curves and stored series of the step just made.
  void record_step() {
    const double begin = stepper_->previous(), length = stepper_->time() - begin;
    const auto& marrows = plan_.assembly.marrows;
    std::array<std::array<double, 5>, most_marrows> nodes{};
    for (std::size_t k = 0; k < 5; ++k) {
      const auto states = between(0.25 * static_cast<double>(k));
      for (std::size_t m = 0; m < marrows.size(); ++m) nodes[m][k] = body_.count(m, states);
    }
    for (std::size_t m = 0; m < marrows.size(); ++m)
      course_.counts[m].pieces.push_back({begin, length, quartic(nodes[m])});
    while (next_ < plan_.times.size() && plan_.times[next_] <= stepper_->time()) {
      sample(between((plan_.times[next_] - begin) / length));
    }
  }

  void sample_until(double until, std::span<const double> states) {
    while (next_ < plan_.times.size() && plan_.times[next_] <= until) sample(states);
  }

  void sample(std::span<const double> states) {
    for (std::size_t m = 0; m < course_.count_series.size(); ++m)
      course_.count_series[m][next_] = body_.count(m, states);
    for (std::size_t d = 0; d < course_.drug_series.size(); ++d)
      course_.drug_series[d][next_] = body_.concentration(d, plan_.times[next_], states);
    ++next_;
  }

  const Plan& plan_;
  const Subject& subject_;
  Body body_;
  std::unique_ptr<Stepper> stepper_;
  Rates rates_;
  std::vector<double> scales_, between_, real_;
  Course course_;
  std::size_t next_ = 0;  // first stored time that has no value yet
  bool restart_ = true;   // the stepper must start anew after an event
};

}  // namespace

bool possible(const Plan& plan, const Subject& subject) {
  const auto& parameters = plan.population.parameters;
  for (const auto& set : subject.parameters)
    for (std::size_t i = 0; i < set.size(); ++i)
      if (!parameters[i].row->range.holds(set[i] / parameters[i].row->parsed.factor)) return false;
  return true;
}

double predict(const Plan& plan, const Body& body, double time) {
  const EventTable& table = *plan.events;
  double value = nan;
  if (table.observed_marrow >= 0) value = body.count(static_cast<std::size_t>(table.observed_marrow), body.states());
  if (table.observed_drug >= 0)
    value = body.concentration(static_cast<std::size_t>(table.observed_drug), time, body.states());
  return value;
}

Course simulate(const Plan& plan, const Subject& subject) {
  Simulation simulation(plan, subject);
  return possible(plan, subject) ? simulation.run() : simulation.refuse();
}

}  // namespace nadir

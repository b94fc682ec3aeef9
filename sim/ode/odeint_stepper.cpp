#include "sim/ode/odeint_stepper.hpp"

#include <algorithm>
#include <boost/numeric/odeint/stepper/bulirsch_stoer_dense_out.hpp>
#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/dense_output_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/generation.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>
#include <cmath>
#include <vector>

namespace nadir {

namespace {

namespace odeint = boost::numeric::odeint;
using State = std::vector<double>;

/// A rate of change is no number; Odeint would take it for a step without an error.
struct NotFinite {};
/// The patient has used up its evaluations.
struct TooMany {};

/// Odeint's steppers pass the limit and interpolate back; the step that is shown ends at it.
template <class Dense>
class OdeintStepper : public Stepper {
 public:
  OdeintStepper(Dense stepper, std::size_t states, Tolerance tolerance)
      : stepper_(std::move(stepper)), tolerance_(tolerance), x_(states), between_(states) {}

  void start(const Rates& f, double t, std::span<const double> x) override {
    x_.assign(x.begin(), x.end());
    State rates(x_.size());
    f(t, x_.data(), rates.data());
    stepper_.initialize(x_, t, first_step(rates));
    begin_ = end_ = reached_ = t;
  }

  StepStatus step(const Rates& f, double limit) override {
    begin_ = end_;
    if (end_ >= reached_) {
      const StepStatus status = advance(f);
      if (status != StepStatus::ok) return status;
    }
    end_ = std::min(reached_, limit);
    stepper_.calc_state(end_, x_);
    return StepStatus::ok;
  }

  double time() const override { return end_; }
  double previous() const override { return begin_; }
  std::span<const double> state() const override { return x_; }
  std::int64_t tried() const override { return tried_; }

  void interpolate(double theta, std::span<double> x) const override {
    stepper_.calc_state(begin_ + theta * (end_ - begin_), between_);
    std::copy(between_.begin(), between_.end(), x.begin());
  }

 private:
  /// One step of Odeint's. Where the equations give what is no number, a quarter of it is tried.
  StepStatus advance(const Rates& f) {
    const auto system = [&](const State& x, State& rates, double t) {
      if (++evaluations_ > 7 * tolerance_.max_steps) throw TooMany{};
      f(t, x.data(), rates.data());
      for (const double rate : rates)
        if (!std::isfinite(rate)) throw NotFinite{};
    };
    for (double step = stepper_.current_time_step();; step *= 0.25) {
      try {
        ++tried_;
        reached_ = stepper_.do_step(system).second;
        return StepStatus::ok;
      } catch (const TooMany&) {
        return StepStatus::step_limit;
      } catch (const odeint::step_adjustment_error&) {
        return StepStatus::not_finite;
      } catch (const NotFinite&) {
        if (step < 1e-14 * std::max(std::fabs(reached_), 1e-3)) return StepStatus::not_finite;
        stepper_.initialize(State(x_), end_, step * 0.25);
      }
    }
  }

  /// A first step in which no state moves by more than a hundredth of its size; at most a day.
  double first_step(const State& rates) const {
    double step = 1.0;
    for (std::size_t i = 0; i < rates.size(); ++i) {
      const double size = std::fabs(x_[i]) + 1e4 * tolerance_.absolute;
      if (std::fabs(rates[i]) * step > 0.01 * size) step = 0.01 * size / std::fabs(rates[i]);
    }
    return step;
  }

  mutable Dense stepper_;
  Tolerance tolerance_;
  State x_;
  mutable State between_;
  double begin_ = 0.0, end_ = 0.0, reached_ = 0.0;
  std::int64_t tried_ = 0, evaluations_ = 0;
};

template <class Dense>
std::unique_ptr<Stepper> wrap(Dense stepper, std::size_t states, Tolerance tolerance) {
  return std::make_unique<OdeintStepper<Dense>>(std::move(stepper), states, tolerance);
}

}  // namespace

std::unique_ptr<Stepper> odeint_dopri5(std::size_t states, Tolerance tolerance) {
  return wrap(odeint::make_dense_output(tolerance.absolute, tolerance.relative, odeint::runge_kutta_dopri5<State>()),
              states, tolerance);
}

std::unique_ptr<Stepper> odeint_bulirsch_stoer(std::size_t states, Tolerance tolerance) {
  return wrap(odeint::bulirsch_stoer_dense_out<State>(tolerance.absolute, tolerance.relative), states, tolerance);
}

}  // namespace nadir

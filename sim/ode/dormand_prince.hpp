#pragma once
/// Dormand and Prince's explicit Runge–Kutta pair 5(4) with adaptive steps and dense output (J Comput Appl Math 6:19,
/// 1980; dense output and step control after Hairer, Nørsett and Wanner, Solving ODEs I, II.4–6).

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/math/elementary.hpp"
#include "sim/ode/tolerance.hpp"

namespace nadir {

/// Integrates dx/dt = f(t, x) for one patient. `System` is callable as f(double t, const double* x, double* rates).
///
/// The error norm is the maximum over states, so that an idle component cannot shift a step. A step that meets a value
/// that is not finite is tried again with a quarter of its length.
class DormandPrince {
 public:
  DormandPrince(std::size_t states, Tolerance tolerance) : n_(states), tolerance_(tolerance) {
    for (auto& stage : k_) stage.resize(n_);
    for (auto* buffer : {&x_, &next_, &trial_}) buffer->resize(n_);
  }

  /// Starts, or starts anew after a jump of states or inputs at time `t`. `first`: the step to try first; 0: choose it.
  template <class System>
  void start(System& f, double t, std::span<const double> x, double first = 0.0) {
    t_ = previous_ = t;
    std::copy(x.begin(), x.end(), x_.begin());
    f(t_, x_.data(), k_[0].data());
    step_ = first > 0.0 ? first : first_step();
    last_error_ = 1e-4;
  }

  /// One accepted step that does not pass `limit` > time(). Afterwards `interpolate` covers [previous(), time()].
  template <class System>
  StepStatus step(System& f, double limit) {
    for (;; ++rejected_) {
      if (++tried_ > tolerance_.max_steps) return StepStatus::step_limit;
      const double room = limit - t_;
      const bool last = step_ * 1.01 >= room;
      const double h = last ? room : step_;
      if (!(h > 1e-14 * std::max(std::fabs(t_), 1e-3))) return StepStatus::not_finite;
      const double error = attempt(f, h);
      if (!std::isfinite(error)) {
        step_ = h * 0.25;
        continue;
      }
      const double factor = shrink(error);
      if (error > 1.0) {
        step_ = h / std::min(5.0, factor);
        continue;
      }
      accept(last ? limit : t_ + h, h);
      step_ = h / std::clamp(factor * pow(1.0 / last_error_, 0.04), 0.1, 5.0);
      last_error_ = std::max(error, 1e-4);
      return StepStatus::ok;
    }
  }

  double time() const { return t_; }
  double previous() const { return previous_; }
  std::span<const double> state() const { return x_; }
  std::int64_t tried() const { return tried_; }
  std::int64_t rejected() const { return rejected_; }

  /// States at previous() + θ·(time() − previous()), 0 ≤ θ ≤ 1, to fourth order.
  void interpolate(double theta, std::span<double> x) const {
    const double s = 1.0 - theta;
    for (std::size_t i = 0; i < n_; ++i) {
      x[i] = dense_[0][i] + theta * (dense_[1][i] + s * (dense_[2][i] + theta * (dense_[3][i] + s * dense_[4][i])));
    }
  }

 private:
  static constexpr std::array<std::array<double, 6>, 6> a_{{
      {1.0 / 5},
      {3.0 / 40, 9.0 / 40},
      {44.0 / 45, -56.0 / 15, 32.0 / 9},
      {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
      {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
      {35.0 / 384, 0.0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84},
  }};
  static constexpr std::array<double, 6> c_{1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1.0, 1.0};
  static constexpr std::array<double, 7> error_{71.0 / 57600,      0.0,        -71.0 / 16695, 71.0 / 1920,
                                                -17253.0 / 339200, 22.0 / 525, -1.0 / 40};
  static constexpr std::array<double, 7> d_{-12715105075.0 / 11282082432,  0.0,
                                            87487479700.0 / 32700410799,   -10690763975.0 / 1880347072,
                                            701980252875.0 / 199316789632, -1453857185.0 / 822651844,
                                            69997945.0 / 29380423};

  /// Stages of a step of length h; returns the error in units of the tolerance.
  template <class System>
  double attempt(System& f, double h) {
    for (std::size_t stage = 0; stage < 6; ++stage) {
      std::vector<double>& x = stage == 5 ? next_ : trial_;
      for (std::size_t i = 0; i < n_; ++i) {
        double sum = 0.0;
        for (std::size_t j = 0; j <= stage; ++j) sum += a_[stage][j] * k_[j][i];
        x[i] = x_[i] + h * sum;
      }
      f(t_ + c_[stage] * h, x.data(), k_[stage + 1].data());
    }
    double worst = 0.0;
    for (std::size_t i = 0; i < n_; ++i) {
      double sum = 0.0;
      for (std::size_t j = 0; j < 7; ++j) sum += error_[j] * k_[j][i];
      const double size = std::max(std::fabs(x_[i]), std::fabs(next_[i]));
      const double error = std::fabs(h * sum) / (tolerance_.absolute + tolerance_.relative * size);
      if (!std::isfinite(error)) return error;
      worst = std::max(worst, error);
    }
    return worst;
  }

  /// What the step must be divided by for the next error to be right, before clamping.
  double shrink(double error) const { return pow(std::max(error, 1e-10), 0.17) / 0.9; }

  void accept(double t, double h) {
    for (auto& part : dense_) part.resize(n_);
    for (std::size_t i = 0; i < n_; ++i) {
      const double change = next_[i] - x_[i];
      const double bend = h * k_[0][i] - change;
      double sum = 0.0;
      for (std::size_t j = 0; j < 7; ++j) sum += d_[j] * k_[j][i];
      dense_[0][i] = x_[i];
      dense_[1][i] = change;
      dense_[2][i] = bend;
      dense_[3][i] = change - h * k_[6][i] - bend;
      dense_[4][i] = h * sum;
    }
    previous_ = t_;
    t_ = t;
    std::swap(x_, next_);
    std::swap(k_[0], k_[6]);
  }

  /// A first step in which no state moves by more than a hundredth of its size; at most a day. The error control
  /// corrects it at once. A state that stands still has no say; one that is still empty, and so has no size to compare
  /// its rate with, cannot make the step vanish.
  double first_step() const {
    double step = 1.0;
    for (std::size_t i = 0; i < n_; ++i) {
      const double size = std::fabs(x_[i]) + 1e4 * tolerance_.absolute;
      const double rate = std::fabs(k_[0][i]);
      if (rate * step > 0.01 * size) step = 0.01 * size / rate;
    }
    return std::max(step, 1e-12);
  }

  std::size_t n_;
  Tolerance tolerance_;
  double t_ = 0.0, previous_ = 0.0, step_ = 0.0, last_error_ = 1e-4;
  std::int64_t tried_ = 0, rejected_ = 0;
  std::vector<double> x_, next_, trial_;
  std::array<std::vector<double>, 7> k_;
  std::array<std::vector<double>, 5> dense_;
};

}  // namespace nadir

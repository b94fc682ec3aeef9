#pragma once
/// A method that integrates one patient with adaptive steps and dense output: the interface for methods of ours and of
/// Boost.Odeint.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "sim/ode/tolerance.hpp"

namespace nadir {

/// Rates of change: f(time, states, rates).
using Rates = std::function<void(double, const double*, double*)>;

class Stepper {
 public:
  virtual ~Stepper() = default;

  /// Starts, or starts anew after a jump of states or inputs at time `t`.
  virtual void start(const Rates& f, double t, std::span<const double> x) = 0;
  /// One accepted step that does not pass `limit` > time(). Afterwards `interpolate` covers [previous(), time()].
  virtual StepStatus step(const Rates& f, double limit) = 0;

  virtual double time() const = 0;
  virtual double previous() const = 0;
  virtual std::span<const double> state() const = 0;
  virtual std::int64_t tried() const = 0;

  /// States at previous() + θ·(time() − previous()), 0 ≤ θ ≤ 1.
  virtual void interpolate(double theta, std::span<double> x) const = 0;
};

/// The method of a name: "dormand_prince", "odeint_dopri5", "odeint_bulirsch_stoer".
std::unique_ptr<Stepper> make_stepper(std::string_view name, std::size_t states, Tolerance tolerance);

}  // namespace nadir

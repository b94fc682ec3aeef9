#pragma once
/// One patient's body at a moment: states of the ODE system, drugs in closed form, infusions that run.

#include <span>
#include <vector>

#include "sim/kinetics/linear_kinetics.hpp"
#include "sim/model/assembly.hpp"
#include "sim/timeline/event.hpp"

namespace nadir {

class Body {
 public:
  /// At rest at time 0, with the first of the patient's parameter sets. Both arguments must outlive the body.
  Body(const Assembly& assembly, std::span<const std::vector<double>> parameters);

  double time() const { return time_; }
  std::span<const double> states() const { return states_; }
  std::span<const double> parameters() const { return params_; }
  /// Infusion rates into the states.
  std::span<const double> inputs() const { return inputs_; }

  /// Lets an event happen now.
  void apply(const Event& event);

  /// Moves on to `time`, at which the ODE system has reached `states`; inputs were constant since time().
  void move(double time, std::span<const double> states);

  /// Rates of change at a time between now and the next event.
  void rates(double time, const double* states, double* rates) const;

  /// The count of marrow `m` [10^9 cells/L].
  double count(std::size_t m, std::span<const double> states) const;

  /// Plasma concentration of drug `d` in the unit of its signal at a time between now and the next event.
  double concentration(std::size_t d, double time, std::span<const double> states) const;

  /// Drug `d`, in closed form, from now on until the next event.
  CentralModes modes(std::size_t d) const;
  /// Central amount of drug `d`, in closed form, over this is its concentration in the unit of its signal.
  double amount_per_concentration(std::size_t d) const;

 private:
  struct Drug {
    LinearKinetics solution;  // linear kinetics only
    Compartments amounts{};   // at time_; linear kinetics only
    Compartments inputs{};    // infusion rates; linear kinetics only
    bool empty = true;        // no amount and no infusion: saves the exponentials
  };
  void use_parameters(std::size_t set);
  double central(std::size_t d, double time) const;
  void settle(std::size_t d);
  void add(const Event& event);
  void steady(const Event& event);
  void reset();

  const Assembly& assembly_;
  std::span<const std::vector<double>> sets_;
  std::span<const double> params_;
  double time_ = 0.0;
  std::vector<double> states_;
  std::vector<Drug> drugs_;
  std::vector<double> inputs_;  // infusion rates into the states
  mutable std::vector<double> linear_;
};

}  // namespace nadir

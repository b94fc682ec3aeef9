#pragma once
/// The exact solution of linear kinetics between events: modes of the mammillary system, each decaying on its own.

#include <array>

#include "sim/kinetics/mammillary.hpp"

namespace nadir {

/// Amounts or rates by compartment, in the order of Shape; unused places are zero.
using Compartments = std::array<double, 4>;

/// A repeated dose, for the steady state it leads to.
struct RepeatedDose {
  int compartment = 0;
  double amount = 0.0;    ///< of each dose; ignored for a constant infusion
  double duration = 0.0;  ///< of each infusion [d]; 0: all at once
  double interval = 0.0;  ///< between doses [d]; 0: a constant infusion at `rate`
  double rate = 0.0;      ///< amount per day of a constant infusion
};

/// The central amount between two events as a sum: steady + Σ amount·e^(−rate·t), fed by a depot.
struct CentralModes {
  int modes = 0;
  std::array<double, 3> rate{};      ///< [1/d]
  std::array<double, 3> amount{};    ///< beyond `steady`
  std::array<double, 3> coupling{};  ///< part of the depot that enters the mode [1/d]
  double steady = 0.0;               ///< what the present infusions lead to
  double ka = 0.0;                   ///< [1/d]
  double absorbing = 0.0;            ///< amount in the depot beyond what its own infusion leads to

  /// What a stretch of time does to the modes.
  struct Step {
    std::array<double, 3> decay{}, gain{};
    double emptying = 1.0;
  };
  Step step(double elapsed) const;
  void advance(const Step& step);
  double central() const;
  bool empty() const;
};

/// Eigenvalues and vectors of one person's mammillary system. The system is similar to a symmetric matrix, so that the
/// modes are real, orthogonal and well conditioned for any positive rate constants, coinciding ones included.
class LinearKinetics {
 public:
  LinearKinetics() = default;
  /// All rate constants of compartments present must be positive and finite.
  LinearKinetics(const Mammillary<double>& constants, Shape shape);

  /// Amounts after `elapsed` ≥ 0 days under constant input rates.
  Compartments propagate(const Compartments& amounts, const Compartments& rates, double elapsed) const;

  /// Amount in the central compartment only; the same number as propagate(...)[central].
  double central(const Compartments& amounts, const Compartments& rates, double elapsed) const;

  /// The central amount from now on, under constant input rates.
  CentralModes central_modes(const Compartments& amounts, const Compartments& rates) const;

  /// Amounts at the end of `phase` days after a dose of an infinitely long series, and the input rates then.
  /// phase ≤ interval; a negative phase continues the time after the dose backwards.
  Compartments steady_state(const RepeatedDose& dose, double phase) const;

  Shape shape() const { return shape_; }

 private:
  struct Modal {
    std::array<double, 3> amount;
    double depot;
  };
  /// The amounts that return to themselves after `interval` days in which `gained` is added.
  Compartments fixed_point(const Compartments& gained, double interval) const;
  Modal modal(const Compartments& amounts, const Compartments& rates, double elapsed) const;

  Shape shape_;
  double ka_ = 0.0;
  std::array<double, 3> lambda_{};                 // decay rates [1/d]
  std::array<std::array<double, 3>, 3> into_{};    // amount → mode
  std::array<std::array<double, 3>, 3> out_of_{};  // mode → amount
};

}  // namespace nadir

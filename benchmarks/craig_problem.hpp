#pragma once
/// The stiff G-CSF chain of 21 states: six cycles of Zalypsis with ten daily filgrastim doses each (the CHOP14 course
/// of Craig 2016). Days, ug, ng/mL, 10^6 stem cells/kg and 10^9 cells/kg. The same equations as
/// models/marrow/craig2016.hpp, written again by hand, with what does not change computed once.

#include <array>
#include <cmath>
#include <vector>

#include "benchmarks/schedule.hpp"
#include "models/marrow/craig2016.hpp"

namespace nadir::benchmark {

/// The parameters in the units of the model's rows.
using CraigPatient = Craig2016::Params<double>;

struct CraigProblem {
  static constexpr std::size_t states = 21;
  static constexpr double end = 84.0, spacing = 1.0, surface = 1.723;
  using State = std::array<double, states>;

  explicit CraigProblem(const CraigPatient& patient);

  /// 4 mg/m² of Zalypsis in an hour every 14 days; 300 ug of filgrastim on days 4 to 13 of each cycle.
  std::vector<Stretch> schedule() const;

  State rest() const;
  double count(const double* x) const { return p.anc_factor * x[18]; }
  void rates(double t, const double* x, double* dx) const;
  /// Row by row; zeros stand already.
  void jacobian(double t, const double* x, double* m) const;

  CraigPatient p;
  double infusion = 0.0;

 private:
  /// What the counts and concentrations make of the rates, with the slopes that the Jacobian needs.
  struct Rates {
    double entry, eta, divided, speed, release, free_power;
  };
  Rates current(const double* x) const;
  void differentiate_drugs(double* m) const;
  void differentiate_stem_cells(const double* x, const Rates& r, double* m) const;
  void differentiate_marrow(const double* x, const Rates& r, double* m) const;
  void differentiate_release(const double* x, const Rates& r, double* m) const;
  void differentiate_binding(const double* x, const Rates& r, double* m) const;

  double loss, turn, divide, mature, death, inhibition0, eta, eta_slope, bound, blood, share, production;
};

}  // namespace nadir::benchmark

#pragma once
/// Problem B: filgrastim with explicit receptor binding and nine stages of maturation, stiff. Hours, ug, ng/mL, 10^9
/// cells/L. The same equations as models/marrow/filgrastim_binding.hpp, written again by hand.

#include <array>
#include <numeric>
#include <vector>

#include "benchmarks/schedule.hpp"

namespace nadir::benchmark {

struct PatientB {
  double kel, vd, ksi, nb0, sc1;  ///< 1/h, L, ug/10^9/cells, 10^9 cells/L, ng/mL
};

struct ProblemB {
  static constexpr std::size_t states = 13;
  static constexpr double dose = 300.0, end = 672.0, spacing = 6.0;
  static constexpr double ka = 0.642, f = 0.626, c0 = 0.0246, koff = 10.0, kon = koff / 1.27, kint = 0.101,
                          kmt = 0.0723, ktt = 0.0102, sm1 = 34.3, sm2 = 32.3;
  using State = std::array<double, states>;

  explicit ProblemB(const PatientB& patient) : p(patient) {
    const double h10 = stimulation(sm1, c0), h20 = stimulation(sm2, c0);
    division = kmt * p.nb0 / h10;
    stage = kmt * p.nb0 / (ktt * h20);
    const double receptors = p.ksi * (9.0 * stage + p.nb0);
    bound = kon * c0 * receptors / (kon * c0 + koff + kint);
    production = (p.kel * c0 + kint * bound) * p.vd;
  }

  /// Ten daily doses under the skin.
  static std::vector<Stretch> schedule() {
    std::vector<Stretch> list;
    for (int day = 0; day < 10; ++day)
      list.push_back({24.0 * day, day < 9 ? 24.0 * (day + 1) : end, {f * dose, 0}, 0.0, {}});
    return with_stored_times(std::move(list), spacing);
  }

  State rest() const {
    State x;
    x.fill(stage);
    x[0] = 0.0, x[1] = c0, x[2] = bound, x[12] = p.nb0;
    return x;
  }

  double count(const double* x) const { return x[12]; }

  double stimulation(double largest, double c) const { return 1.0 + largest * c / (p.sc1 + c); }

  void rates(double, const double* x, double* dx) const {
    const double maturation = ktt * stimulation(sm2, x[1]);
    const double cells = std::accumulate(x + 3, x + 13, 0.0);
    const double binding = kon * x[1] * (p.ksi * cells - x[2]) - koff * x[2];
    dx[0] = -ka * x[0];
    dx[1] = (ka * x[0] + production) / p.vd - p.kel * x[1] - binding;
    dx[2] = binding - kint * x[2];
    dx[3] = (division * stimulation(sm1, x[1]) / stage - maturation) * x[3];
    for (int i = 4; i < 12; ++i) dx[i] = maturation * (x[i - 1] - x[i]);
    dx[12] = maturation * x[11] - kmt * x[12];
  }

  /// Row by row; zeros stand already.
  void jacobian(double, const double* x, double* m) const {
    const auto at = [m](std::size_t row, std::size_t column) -> double& { return m[row * states + column]; };
    const double cells = std::accumulate(x + 3, x + 13, 0.0), free = p.ksi * cells - x[2];
    at(0, 0) = -ka;
    at(1, 0) = ka / p.vd, at(1, 1) = -p.kel - kon * free, at(1, 2) = kon * x[1] + koff;
    at(2, 1) = kon * free, at(2, 2) = -kon * x[1] - koff - kint;
    for (std::size_t i = 3; i < 13; ++i) at(1, i) = -kon * x[1] * p.ksi, at(2, i) = kon * x[1] * p.ksi;
    const double slope = p.sc1 / ((p.sc1 + x[1]) * (p.sc1 + x[1]));  // of c/(sc1 + c)
    const double maturation = ktt * stimulation(sm2, x[1]), more = ktt * sm2 * slope;
    at(3, 1) = (division * sm1 * slope / stage - more) * x[3];
    at(3, 3) = division * stimulation(sm1, x[1]) / stage - maturation;
    for (std::size_t i = 4; i < 12; ++i) {
      at(i, 1) = more * (x[i - 1] - x[i]);
      at(i, i - 1) = maturation, at(i, i) = -maturation;
    }
    at(12, 1) = more * x[11], at(12, 11) = maturation, at(12, 12) = -kmt;
  }

  PatientB p;
  double division, stage, bound, production;
  double infusion = 0.0;  ///< none in this problem
};

}  // namespace nadir::benchmark

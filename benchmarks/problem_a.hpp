#pragma once
/// Problem A: docetaxel every three weeks and the marrow of Friberg 2002, all eight states. Hours, mg, L, 10^9 cells/L.

#include <array>
#include <cmath>
#include <vector>

#include "benchmarks/schedule.hpp"

namespace nadir::benchmark {

struct PatientA {
  double cl, v1, circ0, mtt, slope;  ///< L/h, L, 10^9 cells/L, h, L/umol
};

struct ProblemA {
  static constexpr std::size_t states = 8;
  static constexpr double dose = 180.0, end = 3024.0, spacing = 24.0;
  static constexpr double q2 = 7.844, v2 = 5.1947, q3 = 9.324, v3 = 111.0, gamma = 0.161, molar_mass = 0.808;
  using State = std::array<double, states>;

  explicit ProblemA(const PatientA& p)
      : k10(p.cl / p.v1),
        k12(q2 / p.v1),
        k13(q3 / p.v1),
        ktr(4.0 / p.mtt),
        effect(p.slope / p.v1 / molar_mass),
        circ0(p.circ0) {}

  /// Six infusions of an hour.
  static std::vector<Stretch> schedule() {
    std::vector<Stretch> list;
    for (double start = 0.0; start < end; start += 504.0) {
      list.push_back({start, start + 1.0, {}, dose, {}});
      list.push_back({start + 1.0, start + 504.0, {}, 0.0, {}});
    }
    return with_stored_times(std::move(list), spacing);
  }

  State rest() const { return {0.0, 0.0, 0.0, circ0, circ0, circ0, circ0, circ0}; }

  double count(const double* x) const { return x[7]; }

  void rates(double, const double* x, double* dx) const {
    dx[0] = infusion - (k10 + k12 + k13) * x[0] + k21 * x[1] + k31 * x[2];
    dx[1] = k12 * x[0] - k21 * x[1];
    dx[2] = k13 * x[0] - k31 * x[2];
    cells(effect * x[0], x + 3, dx + 3);
  }

  /// The marrow's five states under the drug effect.
  void cells(double suppression, const double* x, double* dx) const {
    const double feedback = std::pow(circ0 / x[4], gamma);
    dx[0] = ktr * x[0] * ((1.0 - suppression) * feedback - 1.0);
    for (int i = 1; i < 5; ++i) dx[i] = ktr * (x[i - 1] - x[i]);
  }

  /// Row by row; zeros stand already.
  void jacobian(double, const double* x, double* m) const {
    const auto at = [m](std::size_t row, std::size_t column) -> double& { return m[row * states + column]; };
    at(0, 0) = -(k10 + k12 + k13), at(0, 1) = k21, at(0, 2) = k31;
    at(1, 0) = k12, at(1, 1) = -k21;
    at(2, 0) = k13, at(2, 2) = -k31;
    const double feedback = std::pow(circ0 / x[7], gamma), division = (1.0 - effect * x[0]) * feedback;
    at(3, 0) = -ktr * x[3] * effect * feedback;
    at(3, 3) = ktr * (division - 1.0);
    at(3, 7) = -ktr * x[3] * division * gamma / x[7];
    for (std::size_t i = 4; i < 8; ++i) at(i, i - 1) = ktr, at(i, i) = -ktr;
  }

  double k10, k12, k13, ktr, effect, circ0;
  double k21 = q2 / v2, k31 = q3 / v3;
  double infusion = 0.0;
};

}  // namespace nadir::benchmark

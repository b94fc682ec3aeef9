#pragma once
/// A drug in three compartments in closed form, for a baseline: three exponentials a look, modes found once a patient.

#include <Eigen/Eigenvalues>
#include <array>
#include <cmath>

namespace nadir::benchmark {

class ThreeCompartments {
 public:
  /// Rate constants of elimination, and of exchange with two peripheral compartments.
  ThreeCompartments(double k10, double k12, double k21, double k13, double k31) {
    // Similar to a symmetric matrix, so that modes are real and orthogonal.
    Eigen::Matrix3d matrix;
    const double a = std::sqrt(k12 * k21), b = std::sqrt(k13 * k31);
    matrix << -(k10 + k12 + k13), a, b, a, -k21, 0.0, b, 0.0, -k31;
    const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> modes(matrix);
    for (int i = 0; i < 3; ++i) {
      rate_[i] = modes.eigenvalues()(i);
      share_[i] = modes.eigenvectors()(0, i) * modes.eigenvectors()(0, i);
    }
  }

  /// From now on drug enters the central compartment at this rate.
  void start(double time, double infusion) {
    for (int i = 0; i < 3; ++i) {
      const double now = mode(i, time);
      limit_[i] = -share_[i] * infusion / rate_[i];
      above_[i] = now - limit_[i];
    }
    begin_ = time;
  }

  /// Amount in the central compartment at a time not before the last start.
  double central(double time) const { return mode(0, time) + mode(1, time) + mode(2, time); }

 private:
  double mode(int i, double time) const { return limit_[i] + above_[i] * std::exp(rate_[i] * (time - begin_)); }

  std::array<double, 3> rate_{}, share_{}, limit_{}, above_{};
  double begin_ = 0.0;
};

}  // namespace nadir::benchmark

#pragma once
/// A count as a function of time: the dense output of the integrator, one quartic a step.

#include <array>
#include <vector>

namespace nadir {

/// One step: value(θ) = Σ c[k] θ^k with θ = (t − start)/length in [0, 1].
struct Piece {
  double start = 0.0;   ///< time of θ = 0 [d]
  double length = 0.0;  ///< duration of the step [d], > 0
  std::array<double, 5> c{};
};

/// Consecutive pieces, without gaps, in order of time. May end early when a patient's integration failed.
struct Curve {
  std::vector<Piece> pieces;
};

}  // namespace nadir

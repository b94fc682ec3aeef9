#pragma once
/// Two exponentials after one another.

#include <algorithm>
#include <cmath>

#include "sim/math/elementary.hpp"

namespace nadir {

/// ∫₀ˢ e^{−a(s−r)} e^{−b r} dr without cancellation when a and b are near and without overflow when they are far.
inline double convolve(double a, double b, double s) {
  return s * exp(-std::min(a, b) * s) * exp_ratio(-std::fabs(a - b) * s);
}

}  // namespace nadir

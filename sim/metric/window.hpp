#pragma once
/// The part of a curve between two times, piece by piece.

#include <algorithm>
#include <limits>

#include "sim/metric/curve.hpp"

namespace nadir {

/// Calls each(piece, θ_from, θ_to) for the parts of the pieces within [from, to].
template <class Each>
void for_window(const Curve& curve, double from, double to, Each each) {
  const auto begin = std::partition_point(curve.pieces.begin(), curve.pieces.end(),
                                          [&](const Piece& p) { return p.start + p.length <= from; });
  for (auto piece = begin; piece != curve.pieces.end() && piece->start < to; ++piece) {
    const double first = std::max(0.0, (from - piece->start) / piece->length);
    const double last = std::min(1.0, (to - piece->start) / piece->length);
    if (last > first) each(*piece, first, last);
  }
}

/// Whether the curve holds all of [from, to]: a patient whose integration failed has a shorter one.
inline bool covers(const Curve& curve, double from, double to) {
  return !curve.pieces.empty() && curve.pieces.front().start <= from &&
         curve.pieces.back().start + curve.pieces.back().length >= to;
}

/// The value at a time; NaN outside the curve.
double value(const Curve& curve, double time);

}  // namespace nadir

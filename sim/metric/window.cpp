#include "sim/metric/window.hpp"

#include "sim/metric/roots.hpp"

namespace nadir {

double value(const Curve& curve, double time) {
  const auto after = std::partition_point(curve.pieces.begin(), curve.pieces.end(),
                                          [&](const Piece& p) { return p.start + p.length < time; });
  if (after == curve.pieces.end() || !(time >= after->start)) return std::numeric_limits<double>::quiet_NaN();
  return value_at(*after, (time - after->start) / after->length);
}

}  // namespace nadir

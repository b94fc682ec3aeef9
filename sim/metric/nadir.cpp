#include "sim/metric/nadir.hpp"

#include "sim/metric/roots.hpp"
#include "sim/metric/window.hpp"

namespace nadir {

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
}

Low lowest_count(const Curve& curve, double from, double to) {
  Low low{nan, nan};
  for_window(curve, from, to, [&](const Piece& piece, double first, double last) {
    if (bounds(piece).low >= low.count) return;
    const double theta = lowest(piece, first, last);
    const double count = value_at(piece, theta);
    if (!(count >= low.count)) low = {count, piece.start + theta * piece.length};
  });
  return low;
}

double recovery(const Curve& curve, double threshold, const Low& low, double to) {
  if (low.count >= threshold) return low.time;
  double found = nan;
  for_window(curve, low.time, to, [&](const Piece& piece, double first, double last) {
    if (found == found) return;
    if (bounds(piece).high < threshold) return;
    const auto ends = crossings(piece, threshold, first, last);
    for (const double theta : ends) {
      if (found == found) return;
      found = piece.start + theta * piece.length;  // below before, so that the first crossing goes up
    }
    if (found != found && value_at(piece, last) >= threshold) found = piece.start + last * piece.length;
  });
  return found;
}

}  // namespace nadir

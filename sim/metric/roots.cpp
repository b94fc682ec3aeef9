#include "sim/metric/roots.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace nadir {

namespace {

double evaluate(std::span<const double> c, double x) {
  double sum = 0.0;
  for (std::size_t i = c.size(); i-- > 0;) sum = sum * x + c[i];
  return sum;
}

/// The root between a and b, whose values differ in sign. Bisection to the last bit takes at most 1,075 halvings, and
/// about 55 in [0, 1]; it cannot fail.
double bisect(std::span<const double> c, double a, double b) {
  const bool rising = evaluate(c, b) > evaluate(c, a);
  for (;;) {
    const double middle = 0.5 * (a + b);
    if (!(middle > a && middle < b)) return middle;
    const double value = evaluate(c, middle);
    if (value == 0.0) return middle;
    ((value > 0.0) == rising ? b : a) = middle;
  }
}

}  // namespace

/// Between the roots of its derivative a polynomial is monotone, so that the roots
/// follow from those of the derivative.
std::vector<double> roots(std::span<const double> c, double from, double to) {
  if (c.size() < 2) return {};
  std::vector<double> derivative;
  for (std::size_t i = 1; i < c.size(); ++i) derivative.push_back(static_cast<double>(i) * c[i]);
  std::vector<double> ends = roots(derivative, from, to);
  ends.insert(ends.begin(), from);
  ends.push_back(to);
  std::vector<double> found;
  const auto keep = [&](double root) {
    if (found.empty() || root > found.back()) found.push_back(root);
  };
  for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
    const double left = evaluate(c, ends[i]), right = evaluate(c, ends[i + 1]);
    if (left == 0.0) {
      keep(ends[i]);
    } else if ((left < 0.0) != (right < 0.0) && right != 0.0) {
      keep(bisect(c, ends[i], ends[i + 1]));
    }
  }
  if (evaluate(c, to) == 0.0) keep(to);
  return found;
}

double value_at(const Piece& piece, double theta) { return evaluate(piece.c, theta); }

Bounds bounds(const Piece& piece) {
  Bounds result{piece.c[0], piece.c[0]};
  for (std::size_t i = 1; i < piece.c.size(); ++i) {
    result.low += std::min(piece.c[i], 0.0);
    result.high += std::max(piece.c[i], 0.0);
  }
  return result;
}

std::vector<double> crossings(const Piece& piece, double threshold, double from, double to) {
  auto shifted = piece.c;
  shifted[0] -= threshold;
  std::vector<double> inside;
  for (const double root : roots(shifted, from, to))
    if (root > from && root < to) inside.push_back(root);
  return inside;
}

double lowest(const Piece& piece, double from, double to) {
  std::array<double, 4> derivative{};
  for (std::size_t i = 1; i < piece.c.size(); ++i) derivative[i - 1] = static_cast<double>(i) * piece.c[i];
  double best = from;
  // The common case first: where the linear term outweighs the others the piece is monotone and ends lowest.
  if (std::fabs(derivative[0]) > std::fabs(derivative[1]) + std::fabs(derivative[2]) + std::fabs(derivative[3]))
    return derivative[0] > 0.0 ? from : to;
  const auto consider = [&](double theta) {
    if (value_at(piece, theta) < value_at(piece, best)) best = theta;
  };
  for (const double root : roots(derivative, from, to)) consider(root);
  consider(to);
  return best;
}

}  // namespace nadir

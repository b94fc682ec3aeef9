#include "sim/metric/below.hpp"

#include <algorithm>

#include "sim/metric/roots.hpp"
#include "sim/metric/window.hpp"

namespace nadir {

namespace {

/// Calls below(piece, θ_from, θ_to) for the parts of the curve that lie below the threshold.
template <class Below>
void for_below(const Curve& curve, double threshold, double from, double to, Below below) {
  for_window(curve, from, to, [&](const Piece& piece, double first, double last) {
    const Bounds reach = bounds(piece);
    if (reach.low >= threshold) return;
    if (reach.high < threshold) return below(piece, first, last);
    std::vector<double> ends = crossings(piece, threshold, first, last);
    ends.insert(ends.begin(), first);
    ends.push_back(last);
    for (std::size_t i = 0; i + 1 < ends.size(); ++i)
      if (value_at(piece, 0.5 * (ends[i] + ends[i + 1])) < threshold) below(piece, ends[i], ends[i + 1]);
  });
}

/// ∫ of the piece from 0 to θ, in units of its length.
double integral(const Piece& piece, double theta) {
  double sum = 0.0;
  for (std::size_t i = piece.c.size(); i-- > 0;) sum = sum * theta + piece.c[i] / static_cast<double>(i + 1);
  return sum * theta;
}

}  // namespace

std::vector<Spell> spells_below(const Curve& curve, double threshold, double from, double to) {
  std::vector<Spell> spells;
  for_below(curve, threshold, from, to, [&](const Piece& piece, double first, double last) {
    const double begin = piece.start + first * piece.length, end = piece.start + last * piece.length;
    // Pieces follow one another without gaps; a touch of the threshold from below splits a spell by the rounding of a
    // double root, about 1e-8 of a step.
    if (!spells.empty() && begin - spells.back().end < 1e-6) {
      spells.back().end = end;
    } else {
      spells.push_back({begin, end});
    }
  });
  return spells;
}

double total(const std::vector<Spell>& spells) {
  double sum = 0.0;
  for (const Spell& spell : spells) sum += spell.end - spell.begin;
  return sum;
}

double longest(const std::vector<Spell>& spells) {
  double length = 0.0;
  for (const Spell& spell : spells) length = std::max(length, spell.end - spell.begin);
  return length;
}

double area_below(const Curve& curve, double threshold, double from, double to) {
  double area = 0.0;
  for_below(curve, threshold, from, to, [&](const Piece& piece, double first, double last) {
    area += piece.length * (threshold * (last - first) - (integral(piece, last) - integral(piece, first)));
  });
  return area;
}

}  // namespace nadir

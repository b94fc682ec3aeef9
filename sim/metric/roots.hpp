#pragma once
/// Where one step of a curve meets a threshold, and where it is lowest: exactly, from its polynomial.

#include <span>
#include <vector>

#include "sim/metric/curve.hpp"

namespace nadir {

/// All roots of Σ c[k]·x^k in [from, to], rising.
std::vector<double> roots(std::span<const double> c, double from, double to);

/// Value of a piece at θ in [0, 1].
double value_at(const Piece& piece, double theta);

/// Two numbers between which all values of the piece in [0, 1] lie: they tell quickly that it stays clear of a
/// threshold.
struct Bounds {
  double low, high;
};
Bounds bounds(const Piece& piece);

/// The θ in (from, to) at which the piece crosses or touches `threshold`, rising.
std::vector<double> crossings(const Piece& piece, double threshold, double from, double to);

/// The θ in [from, to] at which the piece is lowest; the first of several.
double lowest(const Piece& piece, double from, double to);

}  // namespace nadir

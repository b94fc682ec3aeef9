#pragma once
/// Distributions as functions of a uniform draw u in (0, 1): one draw, one value, the same bits everywhere.

#include <cstddef>
#include <span>

namespace nadir {

/// Standard normal quantile: Wichura, Algorithm AS 241 (PPND16), Appl Statist 37:477 (1988); relative accuracy 1e−15.
double normal_quantile(double u);

/// Standard normal distribution function, by the rational approximations of Cody, Math Comp 23:631 (1969); absolute
/// accuracy 1e−15.
double normal_cdf(double z);

/// Normal, limited to [low, high], low < high.
class TruncatedNormal {
 public:
  TruncatedNormal(double mean, double sd, double low, double high);

  double quantile(double u) const;

 private:
  double mean_, sd_, low_, high_;
  double below_, share_;  // of the normal distribution below low, and between low and high
};

/// Index of the chosen weight; weights need not add to one.
std::size_t choice_index(double u, std::span<const double> weights);

}  // namespace nadir

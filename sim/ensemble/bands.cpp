#include "sim/ensemble/bands.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nadir {

double quantile(std::span<const float> sorted, double level) {
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  const double place = level * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(place));
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (static_cast<double>(sorted[above]) - sorted[below]);
}

namespace {

/// Puts those order statistics in their places that the quantiles need: a tenth of the work of sorting many.
void order_at_levels(std::vector<float>& column) {
  std::size_t settled = 0;  // places before it are not touched again
  const auto settle = [&](std::size_t place) {
    if (place < settled) return;
    const auto at = [&](std::size_t i) { return column.begin() + static_cast<std::ptrdiff_t>(i); };
    std::nth_element(at(settled), at(place), column.end());
    settled = place + 1;
  };
  for (const double level : quantile_levels) {
    if (column.empty()) return;
    const auto below = static_cast<std::size_t>(std::floor(level * static_cast<double>(column.size() - 1)));
    settle(below);
    settle(std::min(below + 1, column.size() - 1));
  }
}

}  // namespace

void set_band(Bands& bands, std::size_t t, std::vector<float>& column) {
  double sum = 0.0;  // in the order of patients, so that the mean has the same bits however it was computed
  for (const float value : column) sum += static_cast<double>(value);
  order_at_levels(column);
  const std::size_t times = bands.mean.size();
  for (std::size_t q = 0; q < quantile_levels.size(); ++q)
    bands.quantiles[q * times + t] = static_cast<float>(quantile(column, quantile_levels[q]));
  bands.mean[t] = static_cast<float>(column.empty() ? std::numeric_limits<double>::quiet_NaN()
                                                    : sum / static_cast<double>(column.size()));
}

Bands bands(std::span<const float> series, std::size_t times, std::span<const std::int8_t> status) {
  Bands result{std::vector<float>(quantile_levels.size() * times), std::vector<float>(times)};
  std::vector<float> column;
  for (std::size_t t = 0; t < times; ++t) {
    column.clear();
    for (std::size_t i = 0; i < status.size(); ++i)
      if (status[i] == 0) column.push_back(series[i * times + t]);
    set_band(result, t, column);
  }
  return result;
}

}  // namespace nadir

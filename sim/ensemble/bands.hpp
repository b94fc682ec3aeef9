#pragma once
/// Quantiles and means over patients, time by time.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace nadir {

inline constexpr std::array quantile_levels{0.05, 0.25, 0.5, 0.75, 0.95};

/// The quantile of sorted values by linear interpolation between order statistics (R's type 7, NumPy's default).
double quantile(std::span<const float> sorted, double level);

struct Bands {
  std::vector<float> quantiles;  ///< level × time
  std::vector<float> mean;       ///< time
};

/// Sets the bands at time number `t` from the values of the patients that ended well, in the order of patients; sorts
/// them.
void set_band(Bands& bands, std::size_t t, std::vector<float>& column);

/// Bands of a series (patient × time) over the patients whose status is 0.
Bands bands(std::span<const float> series, std::size_t times, std::span<const std::int8_t> status);

}  // namespace nadir

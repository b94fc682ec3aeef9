#pragma once
/// Quantiles and means over any number of patients, time by time, in memory that does not grow with their number.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "sim/ensemble/exact_sum.hpp"
#include "sim/ensemble/float_order.hpp"
#include "sim/ensemble/histogram.hpp"

namespace nadir {

/// The values of one signal at each of its times. What a tally holds is a function of the set of patients: the order
/// and the grouping in which they are added cannot change a bit of it. NaNs are left out at their time; infinite values
/// count as the smallest and largest ones. At most 2^32 − 1 patients; std::length_error beyond.
class Tally {
 public:
  explicit Tally(std::size_t times) : columns_(times) {}

  std::size_t times() const { return columns_.size(); }
  std::uint32_t patients() const { return patients_; }

  /// Adds `count` patients; values[t * stride + i] is patient i at time t. Patients whose status is not 0 are left out.
  void add(const float* values, std::size_t stride, std::size_t count, const std::int8_t* status);
  /// Adds all patients of another tally of as many times.
  void add(const Tally& other);

  /// Level × time, by linear interpolation between order statistics as `quantile` in bands.hpp; 0 ≤ level ≤ 1. An order
  /// statistic is known to its bin (0.4 %), the smallest and the largest value exactly. NaN where nobody was counted.
  std::vector<float> quantiles(std::span<const double> levels) const;

  /// The float nearest to the mean of the values, which are summed without rounding. NaN where nobody was counted.
  std::vector<float> mean() const;

  /// All that is known, as numbers for a file; equal tallies have equal packs.
  std::vector<std::int64_t> pack() const;
  /// Throws std::invalid_argument for numbers that `pack` cannot have made.
  static Tally unpack(std::span<const std::int64_t> numbers);

  std::size_t bytes() const;

 private:
  /// All values of one time.
  struct Column {
    void add(std::span<const float> values);
    void add_chunk(std::span<const float> values);
    void add_singly(std::span<const float> values);
    void add(const Column& other);
    float mean() const;

    std::uint32_t count = 0;
    std::int32_t least = std::numeric_limits<std::int32_t>::max(), most = std::numeric_limits<std::int32_t>::min();
    ExactSum sum;  // of the finite values
    Histogram histogram;
  };

  void count_patients(std::size_t more);

  std::uint32_t patients_ = 0;
  std::vector<Column> columns_;
};

}  // namespace nadir

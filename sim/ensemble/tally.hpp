#pragma once
/// Quantiles and means of one signal over patients, time by time, whatever the order in which patients are added.

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace nadir {

class Tally {
 public:
  explicit Tally(std::size_t times);

  /// Adds `count` patients; values[t * stride + i] is patient i at time t; patients whose status is not 0 are left out.
  void add(const float* values, std::size_t stride, std::size_t count, const std::int8_t* status);
  /// Adds what another tally of the same times holds: exact, so that groups and order leave no trace.
  void add(const Tally& other);

  std::vector<float> quantiles(std::span<const double> levels) const;  ///< level × time
  std::vector<float> mean() const;                                     ///< by time

  /// The tally as numbers for a file, and back. Throws std::invalid_argument for numbers that are no tally.
  std::vector<std::int64_t> pack() const;
  static Tally unpack(std::span<const std::int64_t> packed);

 private:
  std::vector<std::map<float, std::int64_t>> counts_;  // by time: patients with each value
};

}  // namespace nadir

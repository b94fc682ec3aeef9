#pragma once
/// A sum of floats without rounding, so that it cannot depend on the order of its terms.

#include <array>
#include <cstdint>
#include <span>

namespace nadir {

/// The sum as one long integer, in units of the smallest positive float, 2^−149. At most 2^32 terms.
class ExactSum {
 public:
  /// The lowest first, 32 bits each; all but the last, which has the sign, lie in [0, 2^32).
  using Digits = std::array<std::int64_t, 9>;

  ExactSum() = default;
  /// Throws std::invalid_argument when a digit is out of its range.
  explicit ExactSum(const Digits& digits);

  /// Adds finite values.
  void add(std::span<const float> values);
  /// The same for up to 1,024 values whose sizes, unless 0, are known to lie in [least, most], as bits.
  void add(std::span<const float> values, std::int32_t least, std::int32_t most);
  void add(const ExactSum& other);

  /// The float nearest to sum / count, count ≥ 1.
  float divided_by(std::uint32_t count) const;

  const Digits& digits() const { return digits_; }

 private:
  void add_together(std::span<const float> values, int lowest);
  void add_by_size(std::span<const float> values);
  /// Adds a multiple of 2^lowest units below 2^53 of these, without the carry.
  void place(double sum, int lowest);
  void carry();

  Digits digits_{};
};

}  // namespace nadir

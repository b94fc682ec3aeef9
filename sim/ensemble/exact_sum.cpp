#include "sim/ensemble/exact_sum.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace nadir {

namespace {

constexpr std::int64_t base = std::int64_t{1} << 32;
constexpr int unit_exponent = -149;
constexpr int mantissa_bits = 24;
constexpr std::size_t chunk = 1024;  // terms that are added before the carry
constexpr int chunk_bits = 10;

/// The place of the last bit of a float with these bits of size: value = mantissa · 2^place units.
constexpr int place_of(std::int32_t size) { return std::max((size >> 23) - 1, 0); }

}  // namespace

ExactSum::ExactSum(const Digits& digits) : digits_(digits) {
  for (std::size_t i = 0; i + 1 < digits.size(); ++i)
    if (digits[i] < 0 || digits[i] >= base) throw std::invalid_argument("a digit of an exact sum is out of range");
  constexpr std::int64_t limit = std::int64_t{1} << 54;
  if (digits.back() < -limit || digits.back() > limit)
    throw std::invalid_argument("an exact sum is larger than 2^32 floats");
}

void ExactSum::add(std::span<const float> values) {
  for (; !values.empty(); values = values.subspan(std::min(chunk, values.size())))
    add_by_size(values.first(std::min(chunk, values.size())));
}

void ExactSum::add(std::span<const float> values, std::int32_t least, std::int32_t most) {
  // All terms are multiples of the unit of the smallest one. When the sum of their sizes is below 2^53 such units, as
  // it is unless the values are of very different size, a sum in double precision is exact in any order.
  if (place_of(most) - place_of(least) + mantissa_bits + chunk_bits <= std::numeric_limits<double>::digits)
    add_together(values, place_of(least));
  else
    add_by_size(values);
}

void ExactSum::add(const ExactSum& other) {
  for (std::size_t i = 0; i < digits_.size(); ++i) digits_[i] += other.digits_[i];
  carry();
}

void ExactSum::place(double sum, int lowest) {
  auto rest = static_cast<std::int64_t>(std::ldexp(sum, -unit_exponent - lowest));
  for (; rest != 0; lowest += mantissa_bits) {
    constexpr std::int64_t part = std::int64_t{1} << mantissa_bits;
    digits_[static_cast<std::size_t>(lowest / 32)] += (rest % part) * (std::int64_t{1} << (lowest % 32));
    rest /= part;
  }
}

void ExactSum::add_together(std::span<const float> values, int lowest) {
  std::array<double, 8> lanes{};
  std::size_t i = 0;
  for (; i + lanes.size() <= values.size(); i += lanes.size())
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) lanes[lane] += static_cast<double>(values[i + lane]);
  for (; i < values.size(); ++i) lanes[0] += static_cast<double>(values[i]);
  place(std::accumulate(lanes.begin(), lanes.end(), 0.0), lowest);
  carry();
}

void ExactSum::add_by_size(std::span<const float> values) {
  // Sums over 16 octaves each are exact in double precision. Neighbours go to different lanes, because an addition
  // would wait for the one before.
  constexpr int octaves = 16;
  std::array<std::array<double, 16>, 8> lanes{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::uint32_t exponent = (std::bit_cast<std::uint32_t>(values[i]) >> 23) & 0xff;
    lanes[i % lanes.size()][exponent / octaves] += static_cast<double>(values[i]);
  }
  for (std::size_t size = 0; size < lanes[0].size(); ++size) {
    double sum = 0.0;
    for (const auto& lane : lanes) sum += lane[size];
    place(sum, std::max(static_cast<int>(size) * octaves - 1, 0));
  }
  carry();
}

void ExactSum::carry() {
  for (std::size_t i = 0; i + 1 < digits_.size(); ++i) {
    const std::int64_t over = digits_[i] >> 32;
    digits_[i] -= over * base;
    digits_[i + 1] += over;
  }
}

float ExactSum::divided_by(std::uint32_t count) const {
  Digits magnitude = digits_;
  const bool negative = digits_.back() < 0;
  if (negative) {
    ExactSum opposite;
    for (std::size_t i = 0; i < digits_.size(); ++i) opposite.digits_[i] = -digits_[i];
    opposite.carry();
    magnitude = opposite.digits_;
  }
  // Long division with 32 bits below the unit; [0] holds these. The highest digit has more than 32, hence two places.
  std::array<std::uint64_t, std::tuple_size_v<Digits> + 2> quotient{};
  std::uint64_t rest = 0;
  for (std::size_t i = quotient.size(); i-- > 0;) {
    std::uint64_t digit = 0;
    if (i == quotient.size() - 1)
      digit = static_cast<std::uint64_t>(magnitude.back()) >> 32;
    else if (i > 0)
      digit = static_cast<std::uint64_t>(magnitude[i - 1]) & 0xffffffff;
    const std::uint64_t part = rest << 32 | digit;
    quotient[i] = part / count;
    rest = part % count;
  }
  std::size_t top = quotient.size() - 1;
  while (top > 1 && quotient[top] == 0) --top;
  // At least 33 bits where a float has 24. Whatever lies below them only makes them odd, so that the one rounding to a
  // float sees on which side of a tie the quotient lies.
  std::uint64_t head = quotient[top] << 32 | quotient[top - 1];
  int place = 32 * (static_cast<int>(top) - 2);
  bool odd = rest != 0 || std::any_of(quotient.begin(), quotient.begin() + static_cast<std::ptrdiff_t>(top) - 1,
                                      [](std::uint64_t digit) { return digit != 0; });
  if (head >> 53 != 0) {
    odd = odd || (head & 0x7ff) != 0;
    head >>= 11;
    place += 11;
  }
  const double value = std::ldexp(static_cast<double>(head | (odd ? 1 : 0)), place + unit_exponent);
  return static_cast<float>(negative ? -value : value);
}

}  // namespace nadir

/// A tally as a row of integers: the number of times, the number of patients, then for each time the number of bins in
/// use and, unless it is 0, the smallest and the largest value, the digits of the sum and the bins: bin · 2^32 + count.

#include <bit>
#include <stdexcept>

#include "sim/ensemble/tally.hpp"

namespace nadir {

namespace {

/// Takes numbers that must lie in a range.
class Reader {
 public:
  explicit Reader(std::span<const std::int64_t> numbers) : rest_(numbers) {}

  std::int64_t take(std::int64_t low, std::int64_t high) {
    if (rest_.empty()) throw std::invalid_argument("a packed tally ends too early");
    const std::int64_t number = rest_.front();
    if (number < low || number > high) throw std::invalid_argument("a packed tally has a number out of range");
    rest_ = rest_.subspan(1);
    return number;
  }
  std::int64_t left() const { return static_cast<std::int64_t>(rest_.size()); }

 private:
  std::span<const std::int64_t> rest_;
};

constexpr std::int64_t most_patients = std::numeric_limits<std::uint32_t>::max();

}  // namespace

std::vector<std::int64_t> Tally::pack() const {
  std::vector<std::int64_t> numbers{static_cast<std::int64_t>(times()), patients_};
  for (const Column& column : columns_) {
    const std::size_t head = numbers.size();
    numbers.push_back(0);
    if (column.count == 0) continue;
    numbers.push_back(column.least);
    numbers.push_back(column.most);
    numbers.insert(numbers.end(), column.sum.digits().begin(), column.sum.digits().end());
    column.histogram.for_each([&](std::uint32_t bin, std::uint32_t count) {
      numbers.push_back(static_cast<std::int64_t>(bin) << 32 | count);
      ++numbers[head];
    });
  }
  return numbers;
}

Tally Tally::unpack(std::span<const std::int64_t> numbers) {
  Reader reader(numbers);
  Tally tally(static_cast<std::size_t>(reader.take(0, reader.left() - 1)));
  tally.patients_ = static_cast<std::uint32_t>(reader.take(0, most_patients));
  for (Column& column : tally.columns_) {
    const std::int64_t bins = reader.take(0, Histogram::bins);
    if (bins == 0) continue;
    column.least = static_cast<std::int32_t>(reader.take(ordered_minus_infinity, ordered_infinity));
    column.most = static_cast<std::int32_t>(reader.take(column.least, ordered_infinity));
    ExactSum::Digits digits;
    for (std::int64_t& digit : digits)
      digit = reader.take(std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max());
    column.sum = ExactSum(digits);
    std::int64_t bin = Histogram::bin_of(column.least);  // the smallest and the largest value must have their bins
    for (std::int64_t i = 0; i < bins; ++i) {
      const std::int64_t lowest = bin, highest = Histogram::bin_of(column.most);
      const std::int64_t entry = reader.take(lowest << 32 | 1, highest << 32 | most_patients);
      const std::int64_t here = entry >> 32, count = entry & most_patients;
      if ((i == 0 && here != lowest) || (i == bins - 1 && here != highest) || count == 0 ||
          count > tally.patients_ - column.count)
        throw std::invalid_argument("a packed tally has a bin that cannot be");
      column.histogram.add(static_cast<std::uint32_t>(here), static_cast<std::uint32_t>(count));
      column.count += static_cast<std::uint32_t>(count);
      bin = here + 1;
    }
  }
  if (reader.left() != 0) throw std::invalid_argument("a packed tally is too long");
  return tally;
}

}  // namespace nadir

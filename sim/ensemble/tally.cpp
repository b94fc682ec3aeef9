#include "sim/ensemble/tally.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <stdexcept>

namespace nadir {

namespace {

constexpr std::size_t chunk = 1024;  // values that are looked at together, and stay in the fastest memory

/// One look at a chunk: the bin of each value, and the upper halves of the smallest and the largest.
struct Look {
  std::array<std::uint32_t, chunk> bins;
  std::int16_t least, most;

  explicit Look(std::span<const float> values) {
    std::int16_t low = std::numeric_limits<std::int16_t>::max(), high = std::numeric_limits<std::int16_t>::min();
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::int32_t place = ordered(values[i]);
      bins[i] = Histogram::bin_of(place);
      const auto half = static_cast<std::int16_t>(place >> 16);
      low = std::min(low, half);
      high = std::max(high, half);
    }
    least = low;
    most = high;
  }
};

/// Neighbours in a block that are all counted.
struct Run {
  std::size_t first, size;
};

/// Whether the upper half of an `ordered` tells that the value may be infinite or NaN.
constexpr bool beyond(std::int16_t half) {
  return half <= (ordered_minus_infinity >> 16) || half >= (ordered_infinity >> 16);
}

/// The values of a column in ascending order, as far as its bins tell.
class Sorted {
 public:
  Sorted(const Histogram& histogram, std::int32_t least, std::int32_t most) : least_(least), most_(most) {
    histogram.for_each([this](std::uint32_t bin, std::uint32_t count) {
      bins_.push_back({bin, count_, count});
      count_ += count;
    });
  }

  double quantile(double level) const {
    const double place = level * static_cast<double>(count_ - 1);
    const auto rank = static_cast<std::uint32_t>(place);
    const double share = place - rank;
    const double low = value(rank), high = share > 0.0 ? value(rank + 1) : low;
    return low == high ? low : low + share * (high - low);
  }

 private:
  struct Bin {
    std::uint32_t bin, below, count;
  };

  double value(std::uint32_t rank) const {
    if (rank == 0) return from_ordered(least_);
    if (rank == count_ - 1) return from_ordered(most_);
    const auto above = std::upper_bound(bins_.begin(), bins_.end(), rank,
                                        [](std::uint32_t wanted, const Bin& bin) { return wanted < bin.below; });
    const Bin& bin = *std::prev(above);
    const std::int32_t first = std::max(Histogram::first_of(bin.bin), least_);
    const std::int32_t last = std::min(Histogram::last_of(bin.bin), most_);
    // In the bin that begins with 0 all are taken for 0: zeros are common, values below 5e-41 are not.
    if (first == 0 || first == last) return from_ordered(first);
    const double low = from_ordered(first), high = from_ordered(last);
    return low + (rank - bin.below + 0.5) / bin.count * (high - low);
  }

  std::vector<Bin> bins_;
  std::uint32_t count_ = 0;
  std::int32_t least_, most_;
};

}  // namespace

void Tally::count_patients(std::size_t more) {
  if (more > std::numeric_limits<std::uint32_t>::max() - patients_)
    throw std::length_error("a tally holds at most 4,294,967,295 patients");
  patients_ += static_cast<std::uint32_t>(more);
}

void Tally::add(const float* values, std::size_t stride, std::size_t count, const std::int8_t* status) {
  std::vector<Run> runs;
  std::size_t good = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (status[i] != 0) continue;
    if (i == 0 || status[i - 1] != 0) runs.push_back({i, 0});
    ++runs.back().size;
    ++good;
  }
  count_patients(good);
  std::vector<float> gathered(runs.size() > 1 ? good : 0);
  for (std::size_t t = 0; t < columns_.size() && good > 0; ++t) {
    const float* const row = values + t * stride;
    if (t + 1 < columns_.size()) columns_[t + 1].histogram.prefetch();
    if (runs.size() == 1) {
      columns_[t].add({row + runs[0].first, good});
      continue;
    }
    auto end = gathered.begin();
    for (const Run& run : runs) end = std::copy_n(row + run.first, run.size, end);
    columns_[t].add(gathered);
  }
}

void Tally::add(const Tally& other) {
  if (other.times() != times()) throw std::invalid_argument("tallies of different times cannot be added");
  count_patients(other.patients_);
  for (std::size_t t = 0; t < columns_.size(); ++t) columns_[t].add(other.columns_[t]);
}

void Tally::Column::add(std::span<const float> values) {
  for (; !values.empty(); values = values.subspan(std::min(chunk, values.size())))
    add_chunk(values.first(std::min(chunk, values.size())));
}

void Tally::Column::add_chunk(std::span<const float> values) {
  const Look look(values);
  if (beyond(look.least) || beyond(look.most)) return add_singly(values);
  const std::int32_t low = look.least * (1 << 16), high = look.most * (1 << 16) + 0xffff;
  // Only values near the ends of what was seen before can move them.
  if (low <= least)
    for (const float value : values) least = std::min(least, ordered(value));
  if (high >= most)
    for (const float value : values) most = std::max(most, ordered(value));
  count += static_cast<std::uint32_t>(values.size());
  const std::span bins(look.bins.data(), values.size());
  if (look.least == look.most && static_cast<std::size_t>(std::count(bins.begin(), bins.end(), bins[0])) == bins.size())
    histogram.add(bins[0], static_cast<std::uint32_t>(bins.size()));
  else
    histogram.add(bins, Histogram::bin_of(low), Histogram::bin_of(high));
  if (look.least > 0)
    sum.add(values, low, high);
  else
    sum.add(values);
}

void Tally::Column::add_singly(std::span<const float> values) {
  for (const float value : values) {
    if (std::isnan(value)) continue;
    const std::int32_t place = ordered(value);
    least = std::min(least, place);
    most = std::max(most, place);
    ++count;
    histogram.add(Histogram::bin_of(place), 1);
    if (std::isfinite(value)) sum.add({&value, 1});
  }
}

void Tally::Column::add(const Column& other) {
  count += other.count;
  least = std::min(least, other.least);
  most = std::max(most, other.most);
  sum.add(other.sum);
  histogram.add(other.histogram);
}

float Tally::Column::mean() const {
  const bool low = least == ordered_minus_infinity, high = most == ordered_infinity;
  if (count == 0 || (low && high)) return std::numeric_limits<float>::quiet_NaN();
  return low || high ? from_ordered(low ? least : most) : sum.divided_by(count);
}

std::vector<float> Tally::quantiles(std::span<const double> levels) const {
  std::vector<float> result(levels.size() * times(), std::numeric_limits<float>::quiet_NaN());
  for (std::size_t t = 0; t < times(); ++t) {
    const Column& column = columns_[t];
    if (column.count == 0) continue;
    const Sorted sorted(column.histogram, column.least, column.most);
    for (std::size_t q = 0; q < levels.size(); ++q)
      result[q * times() + t] = static_cast<float>(sorted.quantile(levels[q]));
  }
  return result;
}

std::vector<float> Tally::mean() const {
  std::vector<float> result;
  result.reserve(times());
  for (const Column& column : columns_) result.push_back(column.mean());
  return result;
}

std::size_t Tally::bytes() const {
  std::size_t sum = columns_.size() * sizeof(Column);
  for (const Column& column : columns_) sum += column.histogram.bytes();
  return sum;
}

}  // namespace nadir

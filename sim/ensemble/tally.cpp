#include "sim/ensemble/tally.hpp"

#include <bit>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "sim/ensemble/bands.hpp"

namespace nadir {

Tally::Tally(std::size_t times) : counts_(times) {}

void Tally::add(const float* values, std::size_t stride, std::size_t count, const std::int8_t* status) {
  for (std::size_t t = 0; t < counts_.size(); ++t)
    for (std::size_t i = 0; i < count; ++i)
      if (status[i] == 0) ++counts_[t][values[t * stride + i]];
}

void Tally::add(const Tally& other) {
  for (std::size_t t = 0; t < counts_.size(); ++t)
    for (const auto& [value, patients] : other.counts_[t]) counts_[t][value] += patients;
}

std::vector<float> Tally::quantiles(std::span<const double> levels) const {
  std::vector<float> result(levels.size() * counts_.size());
  for (std::size_t t = 0; t < counts_.size(); ++t) {
    std::vector<float> sorted;
    for (const auto& [value, patients] : counts_[t])
      sorted.insert(sorted.end(), static_cast<std::size_t>(patients), value);
    for (std::size_t q = 0; q < levels.size(); ++q)
      result[q * counts_.size() + t] = static_cast<float>(quantile(sorted, levels[q]));
  }
  return result;
}

std::vector<float> Tally::mean() const {
  std::vector<float> result;
  for (const auto& column : counts_) {
    double sum = 0.0, all = 0.0;  // in the order of values
    for (const auto& [value, patients] : column) {
      sum += static_cast<double>(value) * static_cast<double>(patients);
      all += static_cast<double>(patients);
    }
    result.push_back(static_cast<float>(all > 0.0 ? sum / all : std::numeric_limits<double>::quiet_NaN()));
  }
  return result;
}

std::vector<std::int64_t> Tally::pack() const {
  std::vector<std::int64_t> packed{static_cast<std::int64_t>(counts_.size())};
  for (const auto& column : counts_) {
    packed.push_back(static_cast<std::int64_t>(column.size()));
    for (const auto& [value, patients] : column) {
      packed.push_back(std::bit_cast<std::int32_t>(value));
      packed.push_back(patients);
    }
  }
  return packed;
}

Tally Tally::unpack(std::span<const std::int64_t> packed) {
  std::size_t at = 0;
  const auto next = [&] {
    if (at == packed.size()) throw std::invalid_argument("the tally ends early");
    return packed[at++];
  };
  Tally tally(static_cast<std::size_t>(next()));
  for (auto& column : tally.counts_) {
    for (std::int64_t left = next(); left > 0; --left) {
      const auto value = std::bit_cast<float>(static_cast<std::int32_t>(next()));
      column[value] = next();
    }
  }
  return tally;
}

}  // namespace nadir

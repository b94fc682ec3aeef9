#include "sim/ensemble/tally.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "sim/ensemble/bands.hpp"

namespace nadir {
namespace {

using boost::multiprecision::cpp_rational;

constexpr float nothing = std::numeric_limits<float>::quiet_NaN();
constexpr float infinite = std::numeric_limits<float>::infinity();
constexpr std::array levels{0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0};

/// A tally of one time.
Tally of(const std::vector<float>& values) {
  Tally tally(1);
  const std::vector<std::int8_t> good(values.size(), 0);
  tally.add(values.data(), values.size(), values.size(), good.data());
  return tally;
}

/// Values of every kind that a signal can have.
std::vector<float> values_of(const std::string& kind, std::size_t size) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> normal;
  std::vector<float> values(size);
  for (float& value : values) {
    const double z = normal(random);
    if (kind == "counts") value = static_cast<float>(5.0 * std::exp(0.6 * z));
    if (kind == "concentrations") value = static_cast<float>(100.0 * std::exp(-40.0 * std::exp(0.5 * z)));
    if (kind == "changes") value = static_cast<float>(z < -1.0 ? 0.0 : z * std::exp(3.0 * normal(random)));
    if (kind == "any floats") do
        value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
      while (!std::isfinite(value));
    if (kind == "subnormals") value = std::bit_cast<float>(static_cast<std::uint32_t>(random() % (1 << 25)));
    if (kind == "zeros") value = z < 0.0 ? 0.0f : -0.0f;
  }
  return values;
}

const std::array kinds{"counts", "concentrations", "changes", "any floats", "subnormals", "zeros"};

cpp_rational exact(float value) {
  int exponent = 0;
  const auto mantissa = static_cast<std::int64_t>(std::ldexp(std::frexp(value, &exponent), 24));
  exponent -= 24;
  const cpp_rational power(boost::multiprecision::cpp_int(1) << std::abs(exponent));
  return exponent < 0 ? cpp_rational(mantissa / power) : cpp_rational(mantissa * power);
}

/// Whether no float is nearer, and a tie has gone to the even one.
void expect_nearest(float found, const cpp_rational& wanted) {
  const cpp_rational error = abs(exact(found) - wanted);
  for (const float way : {-infinite, infinite}) {
    const float next = std::nextafter(found, way);
    if (!std::isfinite(next)) continue;
    const cpp_rational other = abs(exact(next) - wanted);
    EXPECT_LE(error, other) << found;
    if (error == other) {
      EXPECT_EQ(std::bit_cast<std::uint32_t>(found) % 2, 0u) << found;
    }
  }
}

TEST(Tally, IsTheSameInAnyOrderAndGrouping) {
  constexpr std::size_t times = 3, patients = 5000;
  std::vector<std::vector<float>> rows;
  for (const char* kind : {"counts", "concentrations", "changes"}) rows.push_back(values_of(kind, patients));
  rows[0][17] = nothing;
  rows[1][18] = infinite;
  std::mt19937 random(3);
  std::vector<std::size_t> order(patients);
  std::iota(order.begin(), order.end(), 0);
  const auto tally = [&](std::size_t block, bool merged) {
    std::vector<Tally> parts(merged ? 3 : 1, Tally(times));
    for (std::size_t first = 0; first < patients; first += block) {
      const std::size_t size = std::min(block, patients - first);
      std::vector<float> values(times * size);
      std::vector<std::int8_t> status(size);
      for (std::size_t i = 0; i < size; ++i) {
        status[i] = order[first + i] % 10 == 0 ? 2 : 0;
        for (std::size_t t = 0; t < times; ++t) values[t * size + i] = rows[t][order[first + i]];
      }
      parts[random() % parts.size()].add(values.data(), size, size, status.data());
    }
    Tally all = parts.back();
    parts.pop_back();
    for (const Tally& part : parts) all.add(part);
    return all.pack();
  };
  const std::vector<std::int64_t> once = tally(patients, false);
  for (const std::size_t block : {1, 7, 100, 1024, 3000}) {
    for (const bool merged : {false, true}) {
      std::shuffle(order.begin(), order.end(), random);
      EXPECT_EQ(tally(block, merged), once) << block << ' ' << merged;
    }
  }
}

TEST(Tally, KnowsAQuantileToItsBin) {
  for (const std::string kind : kinds) {
    for (const std::size_t size : {1, 2, 3, 10, 5000}) {
      std::vector<float> values = values_of(kind, size);
      const std::vector<float> found = of(values).quantiles(levels);
      std::sort(values.begin(), values.end());
      for (std::size_t q = 0; q < levels.size(); ++q) {
        const double place = levels[q] * static_cast<double>(size - 1);
        const double high = values[static_cast<std::size_t>(std::ceil(place))], wanted = quantile(values, levels[q]);
        const double largest = std::max(std::abs(high), std::abs(double{values[static_cast<std::size_t>(place)]}));
        EXPECT_NEAR(found[q], wanted, largest * 0x1p-8 + 0x1p-134) << kind << ' ' << size << ' ' << levels[q];
      }
      EXPECT_EQ(found.front(), values.front());
      EXPECT_EQ(found.back(), values.back());
    }
  }
}

TEST(Tally, GivesEqualPatientsTheirValueAndZerosExactly) {
  EXPECT_EQ(of(std::vector<float>(3000, 4.7f)).quantiles(levels), std::vector<float>(levels.size(), 4.7f));
  EXPECT_EQ(of(std::vector<float>(3000, 4.7f)).mean(), std::vector<float>{4.7f});
  std::vector<float> mostly_zero(1000, 0.0f);
  mostly_zero[500] = 3.0f;
  EXPECT_EQ(of(mostly_zero).quantiles(std::array{0.01, 0.99}), (std::vector<float>{0.0f, 0.0f}));
}

TEST(Tally, RoundsTheExactMeanOnce) {
  for (const std::string kind : kinds) {
    for (const std::size_t size : {1, 3, 1000, 2500}) {
      const std::vector<float> values = values_of(kind, size);
      cpp_rational sum = 0;
      for (const float value : values) sum += exact(value);
      expect_nearest(of(values).mean()[0], sum / size);
    }
  }
}

TEST(Tally, RoundsTiesOfTheMeanToEven) {
  const float one = 1.0f, next = std::nextafter(1.0f, 2.0f), after = std::nextafter(next, 2.0f);
  EXPECT_EQ(of({one, next}).mean()[0], one);
  EXPECT_EQ(of({next, after}).mean()[0], after);
  EXPECT_EQ(of({-next, -after}).mean()[0], -after);
  constexpr float tiny = std::numeric_limits<float>::denorm_min();
  EXPECT_EQ(of({0.0f, tiny}).mean()[0], 0.0f);
  EXPECT_EQ(of({tiny, 2 * tiny}).mean()[0], 2 * tiny);
  EXPECT_EQ(of({0.0f, tiny, tiny}).mean()[0], tiny);
}

TEST(Tally, HasAMeanWhenLargeValuesCancel) {
  constexpr float largest = std::numeric_limits<float>::max();
  EXPECT_EQ(of({largest, 1.0f, largest, -largest, -largest}).mean()[0], 0.2f);
  EXPECT_EQ(of({largest, largest, largest}).mean()[0], largest);
}

TEST(Tally, LeavesOutFailedPatientsAndValuesThatAreNoNumber) {
  const std::array<float, 6> values{1.0f, 100.0f, 3.0f, 2.0f, nothing, -nothing};
  const std::array<std::int8_t, 3> status{0, 1, 0};
  Tally tally(2);
  tally.add(values.data(), 3, 3, status.data());
  EXPECT_EQ(tally.patients(), 2u);
  EXPECT_EQ(tally.mean(), (std::vector<float>{2.0f, 2.0f}));
  EXPECT_EQ(tally.quantiles(std::array{1.0}), (std::vector<float>{3.0f, 2.0f}));
}

TEST(Tally, OfNobodyHasNoNumbers) {
  Tally tally(1);
  EXPECT_TRUE(std::isnan(tally.mean()[0]));
  EXPECT_TRUE(std::isnan(tally.quantiles(levels)[0]));
  tally.add(of({nothing}));
  EXPECT_TRUE(std::isnan(tally.mean()[0]));
  EXPECT_EQ(Tally::unpack(tally.pack()).pack(), tally.pack());
}

TEST(Tally, CountsInfiniteValuesAsTheLargest) {
  const Tally up = of({infinite, 1.0f, 2.0f, 3.0f, infinite});
  EXPECT_EQ(up.mean()[0], infinite);
  EXPECT_EQ(up.quantiles(std::array{0.0, 0.5, 0.75, 1.0})[0], 1.0f);
  EXPECT_NEAR(up.quantiles(std::array{0.5})[0], 3.0, 3.0 * 0x1p-8);
  EXPECT_EQ(up.quantiles(std::array{0.75})[0], infinite);
  EXPECT_EQ(of({-infinite, 1.0f}).mean()[0], -infinite);
  EXPECT_TRUE(std::isnan(of({-infinite, infinite}).mean()[0]));
}

TEST(Tally, TakesNoMoreMemoryForMorePatients) {
  std::vector<float> values = values_of("concentrations", 100'000);
  std::fill_n(values.begin(), 1000, 0.0f);
  Tally tally = of(values);
  const std::size_t before = tally.bytes();
  for (int i = 0; i < 20; ++i) tally.add(of(values));
  EXPECT_EQ(tally.patients(), 2'100'000u);
  EXPECT_LT(tally.bytes(), 400'000u);
  EXPECT_LT(tally.bytes(), 4 * before);
  EXPECT_EQ(tally.mean(), of(values).mean());
}

TEST(Tally, RefusesMorePatientsThanItCanCount) {
  Tally tally = of(std::vector<float>(1 << 16, 1.0f));
  for (int i = 0; i < 15; ++i) tally.add(Tally(tally));
  EXPECT_EQ(tally.patients(), 1u << 31);
  EXPECT_EQ(tally.mean()[0], 1.0f);
  EXPECT_THROW(tally.add(Tally(tally)), std::length_error);
  EXPECT_THROW(tally.add(Tally(2)), std::invalid_argument);
}

TEST(Tally, ComesBackFromItsPack) {
  for (const std::string kind : kinds) {
    const Tally tally = of(values_of(kind, 3000));
    const Tally back = Tally::unpack(tally.pack());
    EXPECT_EQ(back.pack(), tally.pack());
    EXPECT_EQ(back.quantiles(levels), tally.quantiles(levels));
    EXPECT_EQ(back.mean(), tally.mean());
  }
}

TEST(Tally, IsNotMadeOfNonsense) {
  const std::vector<std::int64_t> good = of({1.0f, 2.0f, 3.0f}).pack();
  EXPECT_THROW(Tally::unpack({}), std::invalid_argument);
  for (std::size_t end = 0; end < good.size(); ++end)
    EXPECT_THROW(Tally::unpack(std::span(good).first(end)), std::invalid_argument) << end;
  std::vector<std::int64_t> longer = good;
  longer.push_back(0);
  EXPECT_THROW(Tally::unpack(longer), std::invalid_argument);
  for (const std::int64_t wrong :
       {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(), std::int64_t{-1}}) {
    for (std::size_t i = 0; i < good.size(); ++i) {
      std::vector<std::int64_t> bad = good;
      bad[i] = wrong;
      if (i == 13 && wrong == -1) continue;  // the sign of the sum
      EXPECT_THROW(Tally::unpack(bad), std::invalid_argument) << i << ' ' << wrong;
    }
  }
}

}  // namespace
}  // namespace nadir

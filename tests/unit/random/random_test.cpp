#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/random/distribution.hpp"
#include "sim/random/philox.hpp"
#include "sim/random/stream.hpp"

namespace nadir {
namespace {

using Words = std::array<std::uint32_t, 4>;

TEST(Philox, GivesThePublishedVectors) {  // Random123 1.14, kat_vectors, philox4x32 10
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

/// Kolmogorov-Smirnov distance between a sample and a distribution function.
template <class Cdf>
double distance(std::vector<double> sample, Cdf cdf) {
  std::sort(sample.begin(), sample.end());
  const double n = sample.size();
  double worst = 0.0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double f = cdf(sample[i]);
    worst = std::max({worst, f - i / n, (i + 1) / n - f});
  }
  return worst;
}

constexpr int n = 1000000;
constexpr double allowed = 0.00269;  // at n = 10^6 a sound sampler exceeds this once in 10^6 tests

double phi(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

TEST(Samplers, FollowTheirDistributions) {
  const Stream stream(7, "distribution");
  const TruncatedNormal truncated(70.0, 15.0, 45.0, 80.0);
  std::vector<double> uniform, normal, cut;
  for (int i = 0; i < n; ++i) {
    uniform.push_back(stream.uniform(i));
    normal.push_back(stream.normal(i, 1));
    cut.push_back(truncated.quantile(stream.uniform(i, 2)));
  }
  EXPECT_LE(distance(uniform, [](double x) { return x; }), allowed);
  EXPECT_LE(distance(normal, phi), allowed);
  const double low = phi((45.0 - 70.0) / 15.0), high = phi((80.0 - 70.0) / 15.0);
  EXPECT_LE(distance(cut, [&](double x) { return (phi((x - 70.0) / 15.0) - low) / (high - low); }), allowed);
}

TEST(Samplers, HaveTheRightMeanAndVarianceOnThirtySeeds) {
  // SBML test suite: Z = √n·(mean − μ)/σ in (−3, 3) and Y = √(n/2)·(s²/σ² − 1) in (−5, 5); one miss in thirty is
  // chance.
  int misses = 0;
  constexpr int size = 10000;
  for (int seed = 0; seed < 30; ++seed) {
    const Stream stream(seed, "moments");
    double sum = 0.0, squares = 0.0;
    for (int i = 0; i < size; ++i) sum += stream.normal(i);
    for (int i = 0; i < size; ++i) squares += std::pow(stream.normal(i) - sum / size, 2);
    const double z = sum / std::sqrt(size), y = std::sqrt(size / 2.0) * (squares / (size - 1) - 1.0);
    misses += std::fabs(z) >= 3.0 || std::fabs(y) >= 5.0 ? 1 : 0;
  }
  EXPECT_LE(misses, 1);
}

TEST(Streams, OfDifferentNamesDoNotCorrelate) {
  const std::vector<Stream> streams{{1, "a.mtt"}, {1, "a.circ0"}, {1, "b.mtt"}, {2, "a.mtt"}, {1, "a.mtu"}};
  constexpr int size = 100000;
  for (std::size_t i = 0; i < streams.size(); ++i) {
    for (std::size_t j = i + 1; j < streams.size(); ++j) {
      double sum = 0.0;
      for (int k = 0; k < size; ++k) sum += streams[i].normal(k) * streams[j].normal(k);
      EXPECT_LE(std::fabs(sum / size), 4.0 / std::sqrt(size)) << i << "," << j;
    }
  }
}

TEST(Streams, AreAFunctionOfSeedNamePatientAndDraw) {
  EXPECT_EQ(Stream(3, "x").uniform(17, 2), Stream(3, "x").uniform(17, 2));
  EXPECT_NE(Stream(3, "x").uniform(17, 2), Stream(3, "x").uniform(17, 3));
  EXPECT_NE(Stream(3, "x").uniform(17), Stream(3, "x").uniform(18));
  EXPECT_NE(Stream(3, "x").uniform(17), Stream(4, "x").uniform(17));
  EXPECT_NE(Stream(3, "x").uniform(1), Stream(3, "x").uniform(1ULL << 32 | 1));
}

TEST(NormalQuantile, InvertsTheDistributionFunction) {
  for (double z = -8.0; z <= 5.0; z += 0.01) {
    EXPECT_NEAR(normal_quantile(normal_cdf(z)), z, 1e-9) << z;
    EXPECT_NEAR(normal_cdf(z), phi(z), 1e-15) << z;
  }
}

TEST(Choice, FollowsItsWeights) {
  const std::vector<double> weights{1.0, 0.0, 3.0};
  EXPECT_EQ(choice_index(0.1, weights), 0u);
  EXPECT_EQ(choice_index(0.3, weights), 2u);
  EXPECT_EQ(choice_index(0.999999, weights), 2u);
}

}  // namespace
}  // namespace nadir

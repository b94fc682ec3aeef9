// Counts within a step as polynomials: values, integrals, turning points and roots, against one number at a time.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <vector>

#include "sim/lanes/kernels.hpp"
#include "sim/metric/roots.hpp"
#include "sim/random/stream.hpp"

namespace nadir {
namespace {

using lanes::Kernels;
using lanes::Row;

constexpr int most = lanes::order;
constexpr std::array degrees{4, most};  // those of the two methods

/// Coefficients of `width` polynomials, a row each.
struct Polynomials {
  alignas(64) double c[(most + 1) * lanes::width] = {};

  double& at(int k, int lane) { return c[k * lanes::width + lane]; }
  std::vector<double> of(int lane, int degree) const {
    std::vector<double> list;
    for (int k = 0; k <= degree; ++k) list.push_back(c[k * lanes::width + lane]);
    return list;
  }
};

/// Like steps of a count: coefficients of both signs that become smaller, each lane faster or slower.
Polynomials random_polynomials(const Stream& draw, std::uint64_t number, int degree) {
  Polynomials p;
  for (int lane = 0; lane < lanes::width; ++lane) {
    const auto lane_draw = [&](int k) {
      return draw.uniform(number, static_cast<std::uint64_t>(k * lanes::width + lane));
    };
    const double shrink = 0.3 + 0.9 * lane_draw(most + 1);
    double size = 1.0;
    for (int k = 0; k <= degree; ++k, size *= shrink) p.at(k, lane) = (2.0 * lane_draw(k) - 1.0) * size;
  }
  return p;
}

double value(const std::vector<double>& c, double x) {
  double sum = c.back();
  for (std::size_t k = c.size() - 1; k-- > 0;) sum = sum * x + c[k];
  return sum;
}

double integral(const std::vector<double>& c, double x) {
  double sum = c.back() * (1.0 / static_cast<double>(c.size()));
  for (std::size_t k = c.size() - 1; k-- > 0;) sum = sum * x + c[k] * (1.0 / static_cast<double>(k + 1));
  return sum * x;
}

std::vector<double> derivative(const std::vector<double>& c) {
  std::vector<double> d;
  for (std::size_t k = 1; k < c.size(); ++k) d.push_back(static_cast<double>(k) * c[k]);
  return d;
}

bool in(unsigned mask, int lane) { return (mask >> lane & 1u) != 0; }

class LanesPolynomial : public testing::TestWithParam<const Kernels*> {
 protected:
  const Kernels& kernels_ = *GetParam();
  const Stream draw_{11, "polynomials"};
};

TEST_P(LanesPolynomial, ValuesAndIntegralsHaveTheBitsOfSingleNumbers) {
  for (const int degree : degrees)
    for (std::uint64_t n = 0; n < 500; ++n) {
      const Polynomials p = random_polynomials(draw_, n, degree);
      Row theta, values, areas;
      for (int lane = 0; lane < lanes::width; ++lane)
        theta[lane] = draw_.uniform(n, 1000u + static_cast<unsigned>(lane));
      kernels_.polynomial_at(p.c, degree, theta.x, values.x);
      kernels_.integral_at(p.c, degree, theta.x, areas.x);
      for (int lane = 0; lane < lanes::width; ++lane) {
        ASSERT_EQ(values[lane], value(p.of(lane, degree), theta[lane]));
        ASSERT_EQ(areas[lane], integral(p.of(lane, degree), theta[lane]));
      }
    }
}

TEST_P(LanesPolynomial, TheOutlineMissesNoTurningPoint) {
  int none = 0, once = 0, more = 0;
  for (const int degree : degrees)
    for (std::uint64_t n = 0; n < 1500; ++n) {
      const Polynomials p = random_polynomials(draw_, n, degree);
      Row end, area;
      lanes::Outline outline{.end = end.x, .area = area.x};
      kernels_.outline(p.c, degree, nullptr, 0, outline);
      for (int lane = 0; lane < lanes::width; ++lane) {
        const std::vector<double> c = p.of(lane, degree), slope = derivative(c);
        const std::vector<double> turns = roots(slope, 0.0, 1.0);
        ASSERT_FALSE(in(outline.turns, lane) && in(outline.turns_more, lane));
        if (in(outline.turns_more, lane)) {
          ++more;
        } else if (in(outline.turns, lane)) {
          ASSERT_EQ(turns.size(), 1u) << "number " << n << ", lane " << lane;
          ++once;
        } else {
          ASSERT_EQ(turns.size(), 0u) << "number " << n << ", lane " << lane;
          ++none;
        }
        ASSERT_EQ(in(outline.falls_first, lane), slope[0] < 0.0);
        const double last = value(slope, 1.0);
        ASSERT_TRUE(std::fabs(last) < 1e-12 || in(outline.falls_last, lane) == (last < 0.0));
        ASSERT_NEAR(end[lane], value(c, 1.0), 1e-12);
        ASSERT_NEAR(area[lane], integral(c, 1.0), 1e-12);
      }
    }
  EXPECT_GT(none, 1000);
  EXPECT_GT(once, 1000);
  EXPECT_GT(more, 100);
}

TEST_P(LanesPolynomial, TheOutlineSaysWhichEndsLieBelowALevel) {
  const std::array levels{-0.5, 0.0, 0.25, 1.0};
  const Polynomials p = random_polynomials(draw_, 0, most);
  Row end, area;
  lanes::Outline outline{.end = end.x, .area = area.x};
  kernels_.outline(p.c, most, levels.data(), static_cast<int>(levels.size()), outline);
  for (std::size_t j = 0; j < levels.size(); ++j)
    for (int lane = 0; lane < lanes::width; ++lane) {
      EXPECT_EQ(in(outline.below_first[j], lane), p.c[lane] < levels[j]);
      EXPECT_EQ(in(outline.below_last[j], lane), end[lane] < levels[j]);
    }
}

TEST_P(LanesPolynomial, TheRootOfAMonotonePolynomialIsFoundToItsLastPlaces) {
  for (const int degree : degrees)
    for (std::uint64_t n = 0; n < 500; ++n) {
      Polynomials p = random_polynomials(draw_, n, degree);
      Row level, low, high, theta;
      for (int lane = 0; lane < lanes::width; ++lane) {
        // Rising or falling throughout: all slopes of one sign.
        for (int k = 1; k <= degree; ++k) p.at(k, lane) = std::copysign(p.at(k, lane), lane % 2 == 0 ? 1.0 : -1.0);
        const double there = draw_.uniform(n, 2000u + static_cast<unsigned>(lane));
        level[lane] = value(p.of(lane, degree), there);
        low[lane] = 0.5 * there;
        high[lane] = 1.0;
      }
      kernels_.solve(p.c, degree, level.x, low.x, high.x, theta.x);
      for (int lane = 0; lane < lanes::width; ++lane) {
        std::vector<double> shifted = p.of(lane, degree);
        shifted[0] -= level[lane];
        const double slope = std::fabs(value(derivative(shifted), theta[lane]));
        ASSERT_LE(std::fabs(value(shifted, theta[lane])), 1e-15 * (10.0 + slope))
            << "number " << n << ", lane " << lane;
        const std::vector<double> reference = roots(shifted, low[lane], high[lane]);
        ASSERT_EQ(reference.size(), 1u);
        ASSERT_NEAR(theta[lane], reference[0], 1e-14 + 1e-14 / slope);
      }
    }
}

TEST_P(LanesPolynomial, ARootHasTheSameBitsUnderEveryInstructionSetAndInEveryLane) {
  const Polynomials p = random_polynomials(draw_, 5, most);
  Row level, low, high;
  for (int lane = 0; lane < lanes::width; ++lane) {
    level[lane] = 0.3 * value(p.of(lane, most), 0.0) + 0.7 * value(p.of(lane, most), 1.0);
    high[lane] = 1.0;
  }
  Row expected;
  lanes::available_kernels().back()->solve(p.c, most, level.x, low.x, high.x, expected.x);
  for (int turn = 0; turn < lanes::width; ++turn) {
    Polynomials turned;
    Row turned_level, theta;
    const auto from = [&](int lane) { return (lane * 5 + turn) % lanes::width; };
    for (int lane = 0; lane < lanes::width; ++lane) {
      for (int k = 0; k <= most; ++k) turned.at(k, lane) = p.c[k * lanes::width + from(lane)];
      turned_level[lane] = level[from(lane)];
    }
    kernels_.solve(turned.c, most, turned_level.x, low.x, high.x, theta.x);
    for (int lane = 0; lane < lanes::width; ++lane)
      EXPECT_EQ(std::bit_cast<std::uint64_t>(theta[lane]), std::bit_cast<std::uint64_t>(expected[from(lane)]));
  }
}

INSTANTIATE_TEST_SUITE_P(Every, LanesPolynomial, testing::ValuesIn(lanes::available_kernels()),
                         [](const auto& info) { return "RegisterOf" + std::to_string(info.param->vector); });

}  // namespace
}  // namespace nadir

// exp, log and pow of whole registers: the bits of the functions for single numbers, under every instruction set.
#include "sim/math/elementary.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "sim/lanes/kernels.hpp"
#include "sim/random/stream.hpp"

namespace nadir {
namespace {

using lanes::Kernels;
using lanes::Row;

constexpr std::size_t points = 1000000;
static_assert(points % lanes::width == 0);

/// The same bits; which of the many NaNs it is says nothing.
bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b));
}

/// Where the functions change their way: zeros, subnormal numbers, overflow, underflow, what is no number.
std::vector<double> edges() {
  using limits = std::numeric_limits<double>;
  std::vector<double> list{0.0,
                           limits::denorm_min(),
                           limits::min(),
                           limits::max(),
                           limits::infinity(),
                           1.0,
                           std::sqrt(0.5),
                           std::sqrt(2.0),
                           0.5,
                           2.0,
                           709.78,
                           710.0,
                           745.13,
                           746.0,
                           40.0,
                           1e-300,
                           1e300,
                           1e-17,
                           limits::epsilon()};
  for (std::size_t i = 0, given = list.size(); i < given; ++i) {
    const double x = list[i];
    list.insert(list.end(), {std::nextafter(x, 0.0), std::nextafter(x, limits::infinity())});
  }
  for (std::size_t i = 0, positive = list.size(); i < positive; ++i) list.push_back(-list[i]);
  list.push_back(limits::quiet_NaN());
  return list;
}

/// Three kinds of arguments in turn: any bits at all, the range in which exp is finite, and around one.
double argument(const Stream& draw, std::size_t i) {
  const double u = draw.uniform(i);
  switch (i % 3) {
    case 0:
      return std::bit_cast<double>(std::bit_cast<std::uint64_t>(draw.uniform(i, 1)) * 0x9e3779b97f4a7c15ULL);
    case 1:
      return (u - 0.5) * 1500.0;
    default:
      return nadir::exp((u - 0.5) * 8.0);
  }
}

class LanesElementary : public testing::TestWithParam<const Kernels*> {};

/// `rows` and `single` are the function of registers and of numbers; arguments in pairs.
template <class Rows, class Single>
void expect_same(const std::vector<double>& x, const std::vector<double>& y, Rows rows, Single single) {
  for (std::size_t begin = 0; begin < x.size(); begin += lanes::width) {
    Row a, b, out;
    for (std::size_t i = 0; i < lanes::width && begin + i < x.size(); ++i) a.x[i] = x[begin + i], b.x[i] = y[begin + i];
    rows(a.x, b.x, out.x);
    for (std::size_t i = 0; i < lanes::width && begin + i < x.size(); ++i)
      ASSERT_TRUE(same(out.x[i], single(a.x[i], b.x[i])))
          << std::hexfloat << a.x[i] << ", " << b.x[i] << ": " << out.x[i] << " instead of " << single(a.x[i], b.x[i]);
  }
}

void expect_all_same(const Kernels& kernels, const std::vector<double>& x, const std::vector<double>& y) {
  expect_same(
      x, y, [&](auto* a, auto*, auto* out) { kernels.exp(a, out); }, [](double a, double) { return exp(a); });
  expect_same(
      x, y, [&](auto* a, auto*, auto* out) { kernels.log(a, out); }, [](double a, double) { return log(a); });
  expect_same(x, y, kernels.pow, [](double a, double b) { return pow(a, b); });
}

TEST_P(LanesElementary, GiveTheBitsOfSingleNumbersForAMillionArguments) {
  const Stream draw(3, "arguments"), exponent(3, "exponents");
  std::vector<double> x(points), y(points);
  for (std::size_t i = 0; i < points; ++i) x[i] = argument(draw, i), y[i] = argument(exponent, i / 3 + i % 5);
  expect_all_same(*GetParam(), x, y);
}

TEST_P(LanesElementary, GiveTheBitsOfSingleNumbersForEveryPairOfEdges) {
  std::vector<double> x, y;
  for (const double a : edges())
    for (const double b : edges()) x.push_back(a), y.push_back(b);
  expect_all_same(*GetParam(), x, y);
}

INSTANTIATE_TEST_SUITE_P(Every, LanesElementary, testing::ValuesIn(lanes::available_kernels()),
                         [](const auto& info) { return "RegisterOf" + std::to_string(info.param->vector); });

}  // namespace
}  // namespace nadir

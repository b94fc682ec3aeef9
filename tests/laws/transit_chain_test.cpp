// Analytic properties of the transit chain: its eigenvalues at rest and where it begins to oscillate.
#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <cmath>
#include <complex>
#include <numbers>

#include "sim/ode/dormand_prince.hpp"
#include "tests/support/scenarios.hpp"

namespace nadir {
namespace {

const MarrowModel& chain() { return *registry().marrow("friberg2002"); }

/// Eigenvalues at rest in units of ktr, the slow pair's upper member.
std::complex<double> slow_eigenvalue(double gamma) {
  const double mtt = 4.0;  // days, so that ktr is 1/d
  const std::vector<double> p{5.0, mtt, gamma};
  std::vector<double> x(5), matrix(25);
  chain().rest(p.data(), x.data());
  chain().jacobian(x.data(), p.data(), {}, matrix.data());
  const Eigen::EigenSolver<Eigen::MatrixXd> solver(
      Eigen::Map<Eigen::Matrix<double, 5, 5, Eigen::RowMajor>>(matrix.data()));
  std::complex<double> slow(-1e9, 0);
  for (const std::complex<double> value : solver.eigenvalues())
    if (value.imag() > 0 && value.real() > slow.real()) slow = value;
  return slow;
}

TEST(TransitChain, EigenvaluesAtRestSolveTheCharacteristicEquation) {
  // s·(s + 1)^4 + gamma = 0 with s = λ/ktr.
  EXPECT_NEAR(slow_eigenvalue(0.161).real(), -0.140955631, 1e-8);
  EXPECT_NEAR(slow_eigenvalue(0.161).imag(), 0.219191855, 1e-8);
  EXPECT_NEAR(slow_eigenvalue(0.144543).real(), -0.151075806, 1e-8);
  EXPECT_NEAR(slow_eigenvalue(0.144543).imag(), 0.199205895, 1e-8);
}

TEST(TransitChain, BeginsToOscillateAtTheHopfPoint) {
  // gamma_c = tan(22.5°)·sec⁴(22.5°) and a period of 2π·MTT/(4·tan(22.5°)) = 3.792238·MTT.
  double low = 0.3, high = 1.0;
  while (high - low > 1e-12) {
    const double middle = 0.5 * (low + high);
    (slow_eigenvalue(middle).real() < 0.0 ? low : high) = middle;
  }
  EXPECT_NEAR(low, 0.5685424949, 1e-8);
  EXPECT_NEAR(2.0 * std::numbers::pi / slow_eigenvalue(low).imag() / 4.0, 3.7922377958, 1e-6);
}

TEST(TransitChain, SimulatedSmallDisturbanceDecaysAndTurnsAsItsEigenvalueSays) {
  const double gamma = 0.161, mtt = 4.0, healthy = 5.0;
  const std::vector<double> p{healthy, mtt, gamma};
  std::vector<double> x(5);
  chain().rest(p.data(), x.data());
  for (double& state : x) state *= 1.0 + 1e-4;
  auto f = [&](double, const double* s, double* rates) { chain().rhs(s, p.data(), {}, nullptr, rates); };
  DormandPrince stepper(5, {.relative = 1e-12, .absolute = 1e-14});
  stepper.start(f, 0.0, x);
  // Times and depths of successive turning points, from the sign changes of the rate of the count.
  std::vector<double> times, sizes;
  double last = 0.0;
  std::vector<double> rates(5);
  while (stepper.time() < 120.0) {
    ASSERT_EQ(stepper.step(f, 120.0), StepStatus::ok);
    f(0.0, stepper.state().data(), rates.data());
    if (last * rates[4] < 0.0) {
      double a = 0.0, b = 1.0;
      std::vector<double> between(5), slope(5);
      for (int i = 0; i < 60; ++i) {
        const double m = 0.5 * (a + b);
        stepper.interpolate(m, between);
        f(0.0, between.data(), slope.data());
        (slope[4] * last > 0.0 ? a : b) = m;
      }
      times.push_back(stepper.previous() + a * (stepper.time() - stepper.previous()));
      sizes.push_back(std::fabs(between[4] - healthy));
    }
    last = rates[4];
  }
  ASSERT_GE(times.size(), 6u);
  const std::complex<double> expected = slow_eigenvalue(gamma);  // ktr is 1/d
  const double half_period = (times[5] - times[3]) / 2.0;
  EXPECT_NEAR(std::numbers::pi / half_period, expected.imag(), 1e-4);
  EXPECT_NEAR(std::log(sizes[5] / sizes[3]) / (times[5] - times[3]), expected.real(), 1e-4);
}

}  // namespace
}  // namespace nadir

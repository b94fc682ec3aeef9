#include "sim/ode/dormand_prince.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace nadir {
namespace {

/// A problem with a known solution.
struct Known {
  void operator()(double t, const double* x, double* dx) const {
    dx[0] = x[1];
    dx[1] = -x[0];
    dx[2] = -2.0 * t * x[2];
  }
  static constexpr std::array<double, 3> start{0.0, 1.0, 1.0};
  static std::array<double, 3> at(double t) { return {std::sin(t), std::cos(t), std::exp(-t * t)}; }
};

double worst_error(double tolerance) {
  Known f;
  DormandPrince stepper(3, {.relative = tolerance, .absolute = tolerance});
  stepper.start(f, 0.0, Known::start);
  double worst = 0.0;
  std::vector<double> x(3);
  while (stepper.time() < 2.0) {
    EXPECT_EQ(stepper.step(f, 2.0), StepStatus::ok);
    for (const double theta : {0.25, 0.5, 0.75, 1.0}) {
      stepper.interpolate(theta, x);
      const auto truth = Known::at(stepper.previous() + theta * (stepper.time() - stepper.previous()));
      for (int i = 0; i < 3; ++i) worst = std::max(worst, std::fabs(x[i] - truth[i]));
    }
  }
  return worst;
}

TEST(DormandPrince, KeepsTheErrorNearTheToleranceDenseOutputIncluded) {
  double last = 1.0;
  for (const double tolerance : {1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11}) {
    const double error = worst_error(tolerance);
    EXPECT_LE(error, 10.0 * tolerance) << tolerance;
    EXPECT_LT(error, last) << tolerance;
    last = error;
  }
}

/// A smooth problem and its solution.
struct Smooth {
  const char* name;
  double (*rate)(double t, double x);
  double (*solution)(double t);
};

/// Error at t = 2 with so many equal steps.
double fixed_step_error(const Smooth& problem, int steps) {
  auto f = [&](double t, const double* x, double* dx) { dx[0] = problem.rate(t, x[0]); };
  DormandPrince stepper(1, {.relative = 1e6, .absolute = 1e6});  // accepts everything
  const std::vector<double> start{problem.solution(0.0)};
  stepper.start(f, 0.0, start, 4.0 / steps);
  for (int i = 1; i <= steps; ++i) EXPECT_EQ(stepper.step(f, 2.0 * i / steps), StepStatus::ok);
  EXPECT_EQ(stepper.tried(), steps);
  return std::fabs(stepper.state()[0] - problem.solution(2.0));
}

TEST(DormandPrince, HasOrderFive) {
  const Smooth problems[] = {
      {"decay", [](double, double x) { return -x; }, [](double t) { return std::exp(-t); }},
      {"logistic", [](double, double x) { return x * (1 - x); }, [](double t) { return 1 / (1 + 9 * std::exp(-t)); }},
      {"forced", [](double t, double x) { return -x + std::sin(3 * t); },
       [](double t) { return (std::sin(3 * t) - 3 * std::cos(3 * t)) / 10 + 1.3 * std::exp(-t); }},
      {"driven", [](double t, double x) { return x * std::cos(2 * t); },
       [](double t) { return std::exp(std::sin(2 * t) / 2); }},
  };
  for (const Smooth& problem : problems) {
    // The slope of log error over log steps, by least squares over three halvings, from where the error has become
    // regular to where rounding begins.
    double sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (int k = 0; k < 4; ++k) {
      const double x = std::log2(24 << k), y = std::log2(fixed_step_error(problem, 24 << k));
      sx += x, sy += y, sxx += x * x, sxy += x * y;
    }
    EXPECT_NEAR(-(4 * sxy - sx * sy) / (4 * sxx - sx * sx), 5.0, 0.1) << problem.name;
  }
}

TEST(DormandPrince, StopsExactlyAtTheLimit) {
  Known f;
  DormandPrince stepper(3, {});
  stepper.start(f, 0.0, Known::start);
  while (stepper.time() < 0.7) ASSERT_EQ(stepper.step(f, 0.7), StepStatus::ok);
  EXPECT_EQ(stepper.time(), 0.7);
}

TEST(DormandPrince, StartsAtATightToleranceFromAnEmptyStateThatFillsFast) {
  auto f = [](double, const double* x, double* dx) { dx[0] = 1e9 - x[0]; };
  DormandPrince stepper(1, {.relative = 1e-13, .absolute = 1e-16});
  stepper.start(f, 0.0, std::vector<double>{0.0});
  while (stepper.time() < 1.0) ASSERT_EQ(stepper.step(f, 1.0), StepStatus::ok);
  EXPECT_NEAR(stepper.state()[0], 1e9 * (1.0 - std::exp(-1.0)), 1.0);
}

TEST(DormandPrince, ReportsTheStepLimitAndWhatIsNotFinite) {
  auto explode = [](double, const double* x, double* dx) { dx[0] = x[0] * x[0]; };  // infinite at t = 1
  DormandPrince stepper(1, {.max_steps = 100000});
  const std::vector<double> start{1.0};
  stepper.start(explode, 0.0, start);
  StepStatus status = StepStatus::ok;
  while (status == StepStatus::ok && stepper.time() < 2.0) status = stepper.step(explode, 2.0);
  EXPECT_EQ(status, StepStatus::not_finite);
  DormandPrince short_breath(1, {.max_steps = 3});
  short_breath.start(explode, 0.0, start);
  status = StepStatus::ok;
  while (status == StepStatus::ok && short_breath.time() < 0.9) status = short_breath.step(explode, 0.9);
  EXPECT_EQ(status, StepStatus::step_limit);
}

TEST(DormandPrince, IsNotDisturbedByAnIdleComponent) {
  auto one = [](double, const double* x, double* dx) { dx[0] = -x[0]; };
  auto two = [](double, const double* x, double* dx) { dx[0] = -x[0], dx[1] = 0.0; };
  DormandPrince a(1, {}), b(2, {});
  a.start(one, 0.0, std::vector<double>{1.0});
  b.start(two, 0.0, std::vector<double>{1.0, 7.0});
  while (a.time() < 5.0) {
    ASSERT_EQ(a.step(one, 5.0), StepStatus::ok);
    ASSERT_EQ(b.step(two, 5.0), StepStatus::ok);
    ASSERT_EQ(a.time(), b.time());
    ASSERT_EQ(a.state()[0], b.state()[0]);
  }
}

}  // namespace
}  // namespace nadir

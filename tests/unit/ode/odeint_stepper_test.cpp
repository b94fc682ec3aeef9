#include "sim/ode/odeint_stepper.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace nadir {
namespace {

using Make = std::unique_ptr<Stepper> (*)(std::size_t, Tolerance);

class OdeintStepper : public testing::TestWithParam<Make> {};

const Rates oscillation = [](double, const double* x, double* dx) { dx[0] = x[1], dx[1] = -x[0]; };

TEST_P(OdeintStepper, FollowsAnOscillationAndStopsExactlyAtTheLimit) {
  const auto stepper = GetParam()(2, {.relative = 1e-9, .absolute = 1e-12});
  stepper->start(oscillation, 0.0, std::vector<double>{0.0, 1.0});
  std::vector<double> x(2);
  while (stepper->time() < 7.3) {
    ASSERT_EQ(stepper->step(oscillation, 7.3), StepStatus::ok);
    ASSERT_GT(stepper->time(), stepper->previous());
    for (const double theta : {0.0, 0.5, 1.0}) {
      stepper->interpolate(theta, x);
      const double t = stepper->previous() + theta * (stepper->time() - stepper->previous());
      EXPECT_NEAR(x[0], std::sin(t), 1e-6) << t;
    }
  }
  EXPECT_EQ(stepper->time(), 7.3);
  EXPECT_NEAR(stepper->state()[0], std::sin(7.3), 1e-7);
}

TEST_P(OdeintStepper, StartsAnewAfterAJump) {
  const auto stepper = GetParam()(2, {.relative = 1e-9, .absolute = 1e-12});
  stepper->start(oscillation, 0.0, std::vector<double>{0.0, 1.0});
  while (stepper->time() < 1.0) ASSERT_EQ(stepper->step(oscillation, 1.0), StepStatus::ok);
  stepper->start(oscillation, 1.0, std::vector<double>{2.0, 0.0});
  while (stepper->time() < 3.0) ASSERT_EQ(stepper->step(oscillation, 3.0), StepStatus::ok);
  EXPECT_NEAR(stepper->state()[0], 2.0 * std::cos(2.0), 1e-7);
}

TEST_P(OdeintStepper, ReportsTheStepLimitAndWhatIsNotFinite) {
  const Rates explode = [](double, const double* x, double* dx) { dx[0] = x[0] * x[0]; };  // infinite at t = 1
  const auto end = [&](std::int64_t most) {
    const auto stepper = GetParam()(1, {.max_steps = most});
    stepper->start(explode, 0.0, std::vector<double>{1.0});
    StepStatus status = StepStatus::ok;
    while (status == StepStatus::ok && stepper->time() < 2.0) status = stepper->step(explode, 2.0);
    return status;
  };
  EXPECT_EQ(end(3), StepStatus::step_limit);
  EXPECT_NE(end(100000), StepStatus::ok);
}

INSTANTIATE_TEST_SUITE_P(Boost, OdeintStepper, testing::Values(&odeint_dopri5, &odeint_bulirsch_stoer));

}  // namespace
}  // namespace nadir

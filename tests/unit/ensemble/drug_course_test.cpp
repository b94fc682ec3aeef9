#include "sim/ensemble/drug_course.hpp"

#include <gtest/gtest.h>

namespace nadir {
namespace {

constexpr Shape shape{.depot = true, .peripherals = 2};
const Mammillary<double> constants{.ka = 12.0, .k10 = 4.0, .k12 = 3.0, .k21 = 2.0, .k13 = 1.0, .k31 = 0.1};
const Compartments amounts{5.0, 3.0, 2.0, 1.0}, rates{0.7, 2.0, 0.0, 0.0};
constexpr double volume = 2.5, spacing = 0.25;

TEST(CentralModes, SumUpToTheCentralAmountAtAnyTime) {
  const LinearKinetics kinetics(constants, shape);
  const CentralModes start = kinetics.central_modes(amounts, rates);
  for (const double t : {0.0, 0.01, 0.3, 2.0, 20.0}) {
    CentralModes later = start;
    later.advance(start.step(t));
    EXPECT_NEAR(later.central(), kinetics.central(amounts, rates, t), 1e-13) << t;
  }
}

TEST(CentralModes, AreEmptyWithoutDrugAndInfusion) {
  const LinearKinetics kinetics(constants, shape);
  EXPECT_TRUE(kinetics.central_modes({}, {}).empty());
  EXPECT_FALSE(kinetics.central_modes({1.0}, {}).empty());
  EXPECT_FALSE(kinetics.central_modes({}, {0.0, 1.0}).empty());
}

TEST(DrugCourse, SamplesWhatTheClosedFormGivesFromTheEventOn) {
  const LinearKinetics kinetics(constants, shape);
  DrugCourse course;
  course.start(0.1, kinetics.central_modes(amounts, rates), volume, spacing);
  for (int i = 1; i < 200; ++i) {
    const double time = spacing * i;
    EXPECT_NEAR(course.sample(time), kinetics.central(amounts, rates, time - 0.1) / volume, 1e-13) << time;
  }
}

TEST(DrugCourse, FollowsADrugWhoseRatesHaveChanged) {
  Mammillary<double> slower = constants;
  slower.k10 = 1.0;
  const LinearKinetics before(constants, shape), after(slower, shape);
  DrugCourse course;
  course.start(0.0, before.central_modes(amounts, {}), volume, spacing);
  course.sample(spacing);
  course.sample(2 * spacing);
  course.start(0.6, after.central_modes(amounts, {}), volume, spacing);
  for (int i = 3; i < 20; ++i)
    EXPECT_NEAR(course.sample(spacing * i), after.central(amounts, {}, spacing * i - 0.6) / volume, 1e-13) << i;
}

}  // namespace
}  // namespace nadir

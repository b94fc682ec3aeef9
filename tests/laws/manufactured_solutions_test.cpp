// Every marrow of the registry, forced along a course that is known exactly (the method of manufactured solutions).
#include <gtest/gtest.h>

#include <cmath>

#include "sim/model/registry.hpp"
#include "tests/support/forced_marrow.hpp"
#include "tests/support/lone_patient.hpp"

namespace nadir {
namespace {

using namespace test;

class ManufacturedSolution : public testing::TestWithParam<std::string> {};

/// Largest error of a state, relative to its size, over one period.
double error(const std::string& marrow, Derivatives derivatives, double tolerance) {
  const ForcedMarrow forced(*registry().marrow(marrow));
  const Assembly assembly = alone(forced.model());
  LonePatient patient(assembly, derivatives, tolerance, 1e-30);
  patient.start(forced.at(0.0), forced.parameters());
  double worst = 0.0;
  while (patient.time() < 5.0) {
    patient.step(5.0);
    if (patient.failed()) return 1.0;
    const std::vector<double> truth = forced.at(patient.time());
    const auto states = patient.states();
    for (std::size_t i = 0; i < truth.size(); ++i)
      worst = std::max(worst, std::fabs(states[i] - truth[i]) / forced.scale(i));
  }
  return worst;
}

void expect_to_follow(const std::string& marrow, Derivatives derivatives, const std::vector<double>& tolerances) {
  double last = 1.0;
  for (const double tolerance : tolerances) {
    const double found = error(marrow, derivatives, tolerance);
    EXPECT_LE(found, 10.0 * tolerance) << tolerance;
    EXPECT_LE(found, last + 1e-13) << tolerance;
    last = found;
  }
  EXPECT_LE(last, 1e-10);
}

TEST_P(ManufacturedSolution, IsFollowedByTaylorToTheTolerance) {
  expect_to_follow(GetParam(), Derivatives::no, {1e-6, 1e-9, 1e-12});
}

TEST_P(ManufacturedSolution, IsFollowedByRodas5PToTheTolerance) {
  expect_to_follow(GetParam(), Derivatives::yes, {1e-6, 1e-9, 1e-11});
}

INSTANTIATE_TEST_SUITE_P(Registry, ManufacturedSolution, testing::ValuesIn(registry().ids(Kind::marrow)),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace nadir

// What the tolerance of a step means for the whole course: for every marrow of the registry under drugs that it feels,
// by both methods of the lanes, in double precision.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tests/support/felt_drug.hpp"
#include "tests/support/lone_patient.hpp"

namespace nadir {
namespace {

using namespace test;

constexpr double days = 14.0;

struct Case {
  std::string marrow;
  Derivatives derivatives;
};
void PrintTo(const Case& c, std::ostream* stream) { *stream << c.marrow; }

std::vector<Case> cases() {
  std::vector<Case> list;
  for (const std::string& id : registry().ids(Kind::marrow))
    for (const Derivatives derivatives : {Derivatives::no, Derivatives::yes}) list.push_back({id, derivatives});
  return list;
}

/// Counts once an hour; all that happens to the patient happens at time 0.
std::vector<double> counts(const Case& c, double tolerance) {
  const Plan plan = plan_of(felt_scenario(*registry().marrow(c.marrow), days, ""));
  const Subject subject = make_subject(plan, 0);
  Body body(plan.assembly, subject.parameters);
  std::vector<double> list{body.count(0, body.states())};
  for (const Event& event : subject.timeline.events) body.apply(event);
  LonePatient patient(plan.assembly, c.derivatives, tolerance, 1e-3 * tolerance);
  patient.start(body.states(), body.parameters());
  for (std::size_t d = 0; d < plan.assembly.drugs.size(); ++d)
    if (plan.assembly.drugs[d].model->linear) patient.start_drug(d, body.modes(d));
  while (patient.time() < days && !patient.failed()) {
    patient.step(days);
    while (list.size() < plan.times.size() && plan.times[list.size()] <= patient.time())
      list.push_back(patient.count((plan.times[list.size()] - patient.begin()) / (patient.time() - patient.begin())));
  }
  return list;
}

/// The same by Boost.Odeint's Bulirsch-Stoer method, which shares nothing with the lanes but the equations, as exactly
/// as it can.
const Course& reference(const std::string& marrow) {
  static std::map<std::string, Course> known;
  Course& course = known[marrow];
  if (course.counts.empty())
    course = course_of(felt_scenario(*registry().marrow(marrow), days,
                                     "method = \"odeint_bulirsch_stoer\"\nrelative = 1e-13\nabsolute = 1e-16\n"));
  return course;
}

/// Largest difference, relative to the count; 1 where there is no number.
double error(const Case& c, double tolerance) {
  const std::vector<double> got = counts(c, tolerance), &truth = reference(c.marrow).count_series[0];
  EXPECT_EQ(got.size(), truth.size());
  double worst = 0.0;
  for (std::size_t i = 0; i < std::min(got.size(), truth.size()); ++i) {
    if (!std::isfinite(truth[i]) || !std::isfinite(got[i])) return 1.0;
    worst = std::max(worst, std::fabs(got[i] - truth[i]) / truth[i]);
  }
  return worst;
}

class GlobalError : public testing::TestWithParam<Case> {};

TEST_P(GlobalError, FallsWithTheToleranceAndStaysBelowTenTimesIt) {
  double last = 1.0;
  for (const double tolerance : {1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11}) {
    const double found = error(GetParam(), tolerance);
    EXPECT_LE(found, 10.0 * tolerance) << tolerance;
    EXPECT_LE(found, last + 1e-13) << tolerance;
    last = found;
  }
}

TEST_P(GlobalError, IsAtMostAMillionthInWhatIsStoredAtTheDefaultTolerance) {
  const MarrowModel& marrow = *registry().marrow(GetParam().marrow);
  const bool implicit = GetParam().derivatives == Derivatives::yes;
  const Plan plan = plan_of(felt_scenario(marrow, days, implicit ? "method = \"rodas5p\"" : "method = \"taylor\""));
  const Dataset dataset = run(plan);
  const Course& truth = reference(GetParam().marrow);
  const auto compare = [](const std::vector<float>& got, const std::vector<double>& expected, double relative_to) {
    ASSERT_EQ(got.size(), expected.size());
    for (std::size_t i = 0; i < got.size(); ++i)
      ASSERT_NEAR(got[i], expected[i], 1e-6 * std::max(relative_to, std::fabs(expected[i]))) << "hour " << i;
  };
  compare(values<float>(dataset, std::string(marrow.signal.name)), truth.count_series[0], 0.0);
  for (std::size_t d = 0; d < truth.drug_series.size(); ++d) {
    const auto& series = truth.drug_series[d];
    // What is left of a drug after many half-lives is compared with a thousandth of its peak.
    compare(values<float>(dataset, plan.assembly.drugs[d].name), series,
            1e-3 * *std::max_element(series.begin(), series.end()));
  }
}

INSTANTIATE_TEST_SUITE_P(Lanes, GlobalError, testing::ValuesIn(cases()), [](const auto& info) {
  return info.param.marrow + (info.param.derivatives == Derivatives::yes ? "_rodas5p" : "_taylor");
});

}  // namespace
}  // namespace nadir

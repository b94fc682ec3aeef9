#include "sim/ensemble/subject.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>

#include "tests/support/scenarios.hpp"

namespace nadir {
namespace {

using namespace test;

/// Two patients whose clearance changes with the lines of a table.
Plan table_plan() {
  const Folder folder;
  std::ofstream(folder / "table.csv") << "ID,TIME,AMT,RATE,EVID,CMT,ADDL,II,CL\n"
                                         "1,0,10,5,1,2,2,24,1\n1,40,0,0,0,2,0,0,2\n"
                                         "2,0,20,0,1,1,0,0,3\n2,24,20,0,4,1,0,0,3\n2,30,0,0,0,2,0,0,4\n";
  return plan_of(
      "format = 1\n[time]\nend = \"10 d\"\n[[treatment]]\ndrug = \"drug\"\n"
      "kinetics = { model = \"one_compartment\", cl = \"1.1 L/h\", v = \"20 L\", ka = \"1.5 1/h\" }\n"
      "[events]\nfile = \"" +
      (folder / "table.csv").string() + "\"\nobserve = \"drug\"\n[events.columns]\nCL = \"drug.cl\"\n");
}

bool same(const Event& a, const Event& b) {
  return a.kind == b.kind && a.time == b.time && a.drug == b.drug && a.compartment == b.compartment &&
         a.amount == b.amount && a.index == b.index && a.order == b.order;
}

bool same(const GivenDose& a, const GivenDose& b) {
  return a.time == b.time && a.drug == b.drug && a.amount == b.amount && a.duration == b.duration;
}

template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const T& x, const T& y) { return same(x, y); });
}

void expect_same(const Subject& found, const Subject& wanted) {
  for (std::size_t i = 0; i < wanted.person.size(); ++i)
    EXPECT_TRUE(found.person[i] == wanted.person[i] || (std::isnan(found.person[i]) && std::isnan(wanted.person[i])));
  EXPECT_EQ(found.draws, wanted.draws);
  EXPECT_EQ(found.parameters, wanted.parameters);
  EXPECT_TRUE(same(found.timeline.events, wanted.timeline.events));
  EXPECT_TRUE(same(found.timeline.doses, wanted.timeline.doses));
  EXPECT_EQ(found.records, wanted.records);
}

TEST(Subject, IsTheSameInTheMemoryOfAnyOther) {
  const std::array plans{check(read_scenario("docetaxel_mixed_adults", {})), table_plan(),
                         check(read_scenario("docetaxel_q3w", {}))};
  Subject reused;
  for (std::uint64_t index = 0; index < 20; ++index) {
    for (const Plan& plan : plans) {
      make_subject(plan, index, reused);
      expect_same(reused, make_subject(plan, index));
    }
  }
}

TEST(Subject, OfARegimenStaysInTheMemoryOfTheOneBefore) {
  const Plan plan = check(read_scenario("docetaxel_q3w", {}));
  Subject subject = make_subject(plan, 0);
  const auto memory = [&] {
    return std::array<const void*, 5>{subject.draws.data(), subject.parameters[0].data(), subject.doses.data(),
                                      subject.timeline.events.data(), subject.timeline.doses.data()};
  };
  const auto before = memory();
  for (std::uint64_t index = 1; index < 50; ++index) make_subject(plan, index, subject);
  EXPECT_EQ(memory(), before);
}

TEST(Subject, TakesDosesOfTwoRegimensInOrderOfTime) {
  const auto drug = [](const std::string& name, const std::string& rest) {
    return treatment({.drug = name,
                      .kinetics = "{ model = \"one_compartment\", cl = \"1 L/h\", v = \"20 L\", ka = \"1 1/h\" }",
                      .dose = "10 mg",
                      .rest = rest});
  };
  const std::string both = drug("a", "every = \"2 d\"\ncycles = 3") + drug("b", "every = \"1 d\"\ncycles = 5");
  const Plan plan = plan_of(typical_patient("", both, 6.0));
  const Subject subject = make_subject(plan, 0);
  ASSERT_EQ(subject.timeline.doses.size(), 8u);
  std::vector<std::pair<double, std::size_t>> given;
  for (const GivenDose& dose : subject.timeline.doses) given.emplace_back(dose.time, dose.drug);
  EXPECT_EQ(given, (std::vector<std::pair<double, std::size_t>>{
                       {0, 0}, {0, 1}, {1, 1}, {2, 0}, {2, 1}, {3, 1}, {4, 0}, {4, 1}}));
}

}  // namespace
}  // namespace nadir

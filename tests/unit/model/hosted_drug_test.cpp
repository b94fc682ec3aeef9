// A drug whose kinetics are part of a marrow is dosed and seen like any other.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/scenarios.hpp"

namespace nadir {
namespace {

using namespace test;

const std::string marrow = "[[marrow]]\nmodel = \"filgrastim_binding\"\n";

std::string treated(const std::string& dose, const std::string& rest = "") {
  return "format = 1\n[ensemble]\npatients = 1\nvariability = false\n[time]\nend = \"2 d\"\nsample = \"1 h\"\n"
         "[covariates]\nwt = \"60 kg\"\n" +
         marrow + treatment({"filgrastim", "\"filgrastim_binding\"", "", dose, rest});
}

TEST(HostedDrug, SharesParametersAndStatesWithItsMarrow) {
  const Plan plan = plan_of(treated("300 ug"));
  const DrugSlot& drug = plan.assembly.drugs.at(0);
  EXPECT_EQ(drug.params, plan.assembly.marrows[0].params);
  EXPECT_EQ(drug.states, plan.assembly.marrows[0].states);
  EXPECT_EQ(plan.assembly.slots.size(), 1u);
  EXPECT_EQ(plan.assembly.states(), plan.assembly.marrows[0].model->states.size());
}

TEST(HostedDrug, TakesTheSameDoseInAnyUnitOfMass) {
  const auto per_patient = course_of(treated("300 ug"));
  EXPECT_EQ(course_of(treated("0.3 mg")).count_series, per_patient.count_series);
  EXPECT_EQ(course_of(treated("5 ug/kg")).count_series, per_patient.count_series);
}

TEST(HostedDrug, ShowsItsConcentrationInItsOwnUnit) {
  const Course course = course_of(treated("300 ug"));
  EXPECT_NEAR(course.drug_series[0][0], 0.0246, 1e-12) << "the body's own G-CSF [ng/mL]";
  EXPECT_GT(*std::max_element(course.drug_series[0].begin(), course.drug_series[0].end()), 5.0);
}

TEST(HostedDrug, IsListedWithTheDoseAsPrescribed) {
  const auto doses = make_subject(plan_of(treated("300 ug")), 0).timeline.doses;
  ASSERT_EQ(doses.size(), 1u);
  EXPECT_DOUBLE_EQ(doses[0].amount, 300.0);
}

TEST(HostedDrug, IsDosedByAnEventTableInItsOwnUnit) {
  const Folder folder;
  std::ofstream(folder / "t.csv")
      << "ID,TIME,AMT,EVID,CMT,DV\n1,0,300,1,1,.\n1,24,0,0,1,2\n1,25,600,1,0,.\n1,40,0,0,.,2\n";
  const std::string table =
      "format = 1\n[ensemble]\nvariability = false\n[time]\nend = \"2 d\"\n" + marrow +
      "[[treatment]]\ndrug = \"filgrastim\"\nkinetics = \"filgrastim_binding\"\n[events]\nfile = \"" +
      (folder / "t.csv").string() + "\"\nobserve = \"filgrastim\"\n";
  const Plan plan = plan_of(table);
  const auto predicted = simulate(plan, make_subject(plan, 0)).predicted;
  const std::string second = "[[treatment]]\ndrug = \"filgrastim\"\ndose = \"600 ug\"\nstart = \"25 h\"\n";
  const Course twice = course_of(treated("300 ug") + second);
  ASSERT_EQ(predicted.size(), 2u);
  EXPECT_NEAR(predicted[0], twice.drug_series[0][24], 1e-6 * predicted[0]);
  EXPECT_NEAR(predicted[1], twice.drug_series[0][40], 1e-6 * predicted[1]);
}

TEST(HostedDrug, LetsNoEffectActWhereTheEquationsHaveNoPlaceForIt) {
  EXPECT_FALSE(registry().marrow("filgrastim_binding")->honours_suppression());
  EXPECT_TRUE(registry().marrow("friberg2002")->honours_suppression());
}

}  // namespace
}  // namespace nadir

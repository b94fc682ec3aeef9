#include <gtest/gtest.h>

#include <cmath>

#include "sim/scenario/describe.hpp"
#include "sim/scenario/presets.hpp"
#include "sim/scenario/quantity_text.hpp"
#include "tests/support/scenarios.hpp"

namespace nadir {
namespace {

using namespace test;

const std::string base =
    "format = 1\n[time]\nend = \"21 d\"\n[covariates]\nbsa = 1.8\nwt = 70\n[[marrow]]\nmodel = \"netterberg2017\"\n";

std::string docetaxel(const std::string& rest) {
  return "[[treatment]]\ndrug = \"docetaxel\"\nkinetics = \"docetaxel_bruno1996\"\neffect = "
         "\"netterberg2017_docetaxel\"\n" +
         rest;
}

TEST(QuantityText, IsANumberWithAUnit) {
  EXPECT_DOUBLE_EQ(read_quantity("95 h").value->number, 95.0);
  EXPECT_EQ(read_quantity(" 1.5e2mg/m^2 ").value->unit, "mg/m^2");
  EXPECT_EQ(read_quantity("7").value->unit, "1");
  for (const char* text : {"", "h", "1,5 h", "95 hr", "1e999 h", "12 h h h/"})
    EXPECT_FALSE(read_quantity(text).value) << text;
}

TEST(Scenario, ReadsAParameterInAnyUnitOfItsDimension) {
  const auto mtt = [](const std::string& text) {
    return plan_of(base + "mtt = " + text + "\n").population.parameters[1].typical;
  };
  EXPECT_DOUBLE_EQ(mtt("\"95 h\""), 95.0);
  EXPECT_DOUBLE_EQ(mtt("95"), 95.0);
  EXPECT_DOUBLE_EQ(mtt("\"4 d\""), 96.0);
  EXPECT_DOUBLE_EQ(mtt("{ value = \"4 d\", cv = \"20 %\" }"), 96.0);
}

TEST(Scenario, MeansTheSameDoseHoweverItIsWritten) {
  const auto amount = [](const std::string& dose) {
    const Plan plan = plan_of(base + docetaxel("dose = \"" + dose + "\"\n"));
    return make_subject(plan, 0).timeline.doses.at(0).amount;
  };
  EXPECT_DOUBLE_EQ(amount("180 mg"), 180.0);
  EXPECT_DOUBLE_EQ(amount("100 mg/m^2"), 180.0);
  EXPECT_DOUBLE_EQ(amount("0.1 g/m^2"), 180.0);
  EXPECT_NEAR(amount("2 mg/kg"), 140.0, 1e-12);
  EXPECT_NEAR(amount("100 umol"), 80.79, 1e-12);
}

TEST(Scenario, RepeatsCyclesAndDays) {
  const Plan plan =
      plan_of(base + docetaxel("dose = \"10 mg\"\nevery = \"7 d\"\ncycles = 3\ndays = [0, 2]\nstart = \"1 d\"\n"));
  EXPECT_EQ(plan.regimens[0].times, (std::vector<double>{1, 3, 8, 10, 15, 17}));
  EXPECT_EQ(plan.cycles, (std::vector<double>{1, 8, 15}));
}

TEST(Scenario, IsChangedFromOutside) {
  const std::string text = base + docetaxel("dose = \"100 mg/m^2\"\n");
  const Plan plan = plan_of(
      text, {.settings = {"treatment.docetaxel.dose=75 mg/m^2", "marrow.netterberg2017.mtt=100", "time.end=42 d"},
             .patients = 7,
             .seed = 3});
  EXPECT_DOUBLE_EQ(plan.regimens[0].amount, 75.0);
  EXPECT_DOUBLE_EQ(plan.population.parameters[1].typical, 100.0);
  EXPECT_EQ(plan.scenario.time.end, 42.0);
  EXPECT_EQ(plan.patients, 7u);
  EXPECT_EQ(plan.population.seed, 3u);
  EXPECT_THROW(plan_of(text, {.settings = {"treatment.docetaxl.dose=75 mg/m^2"}}), ScenarioError);
  EXPECT_THROW(plan_of(text, {.settings = {"time.end"}}), ScenarioError);
  EXPECT_THROW(plan_of(text, {.settings = {"time.end=x"}}), ScenarioError);
}

TEST(Scenario, IsDescribedWithItsUnitsSourcesAndDoses) {
  const std::string text = describe(plan_of(base + docetaxel("dose = \"100 mg/m^2\"\nduration = \"1 h\"\n")));
  for (const char* part :
       {"netterberg2017.mtt", "84.1791 h", "var of log 0.0191785", "doi:10.1007", "100 mg/m^2", "1 h"})
    EXPECT_NE(text.find(part), std::string::npos) << part;
}

TEST(Presets, AreAllSound) {
  for (const Preset& preset : presets()) {
    if (preset.name.starts_with("cohorts/")) continue;
    EXPECT_NO_THROW(check(read_scenario("configs/" + std::string(preset.name) + ".toml"))) << preset.name;
  }
}

TEST(Scenario, MayHaveAMillionDosesButNotMore) {
  const std::string doses = "dose = \"1 mg\"\nevery = \"0.001 h\"\ncycles = ";
  EXPECT_THROW(plan_of(base + docetaxel(doses + "1000001\n")), ScenarioError);
}

TEST(Scenario, TooDeeplyNestedIsRefused) {
  EXPECT_THROW(plan_of("format = 1\ntitle = " + std::string(100000, '[')), ScenarioError);
}

}  // namespace
}  // namespace nadir

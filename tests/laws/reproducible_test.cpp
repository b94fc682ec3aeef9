// What may change a result and what may not; same_bytes_test.cpp has the ways of work.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/store/result_hash.hpp"
#include "tests/support/scenarios.hpp"

namespace nadir {
namespace {

using namespace test;

const std::string docetaxel =
    treatment({"docetaxel", "\"docetaxel_koolen2010\"",
               "[\"netterberg2017_docetaxel\", { model = \"friberg2002_leukocytes_linear\", set = \"docetaxel\" }]",
               "100 mg/m^2", "duration = \"1 h\"\nevery = \"21 d\"\ncycles = 2\n"});
const std::string other = treatment({"paclitaxel", "\"paclitaxel_crombag2019\"",
                                     "{ model = \"friberg2002_leukocytes_linear\", set = \"paclitaxel\" }", "80 mg/m^2",
                                     "duration = \"1 h\"\ndays = [2]\n"});
const std::string neutrophils = "[[marrow]]\nmodel = \"netterberg2017\"\n";
const std::string leukocytes = "[[marrow]]\nmodel = \"friberg2002_leukocytes\"\nset = \"docetaxel\"\n";

std::string scenario(int patients, const std::string& parts, const std::string& ensemble = "") {
  return "format = 1\n[ensemble]\npatients = " + std::to_string(patients) + "\nseed = 42\n" + ensemble +
         "[time]\nend = \"42 d\"\n[covariates]\nbsa = 1.79\n" + parts;
}

const std::string everything = neutrophils + leukocytes + docetaxel + other;

TEST(Reproducible, TheOrderInTheFileChangesNoByte) {
  const std::string forward = result_hash(run(plan_of(scenario(20, neutrophils + leukocytes + docetaxel + other))));
  EXPECT_EQ(forward, result_hash(run(plan_of(scenario(20, other + docetaxel + leukocytes + neutrophils)))));
}

TEST(Reproducible, TheSeedMakesOtherPatients) {
  const Plan a = plan_of(scenario(5, neutrophils)), b = plan_of(scenario(5, neutrophils), {.seed = 43});
  EXPECT_NE(values<double>(run(a), "netterberg2017.circ0"), values<double>(run(b), "netterberg2017.circ0"));
}

TEST(Reproducible, WhatIsStoredDoesNotBendTheCourse) {
  const Plan fine = plan_of(scenario(10, everything)),
             coarse = plan_of(scenario(10, everything), {.settings = {"time.sample=7 d"}});
  EXPECT_EQ(values<double>(run(fine), "anc.nadir"), values<double>(run(coarse), "anc.nadir"));
}

TEST(Reproducible, APatientWhoseIntegrationFailsIsARowWithAStatusAndNotANumber) {
  const Plan plan = plan_of(scenario(10, everything + "[solver]\nmax_steps = 60\n"));
  const Dataset dataset = run(plan);
  for (const std::int8_t status : values<std::int8_t>(dataset, "status")) EXPECT_EQ(status, 1);
  for (const double nadir : values<double>(dataset, "anc.nadir")) EXPECT_TRUE(std::isnan(nadir));
  for (const std::int8_t grade : values<std::int8_t>(dataset, "anc.grade")) EXPECT_EQ(grade, -1);
  EXPECT_FALSE(std::isnan(values<float>(dataset, "anc").front()));
  EXPECT_TRUE(std::isnan(values<float>(dataset, "anc").back()));
}

TEST(Reproducible, APatientWithImpossibleParametersIsARowWithAStatus) {
  // A normal spread as wide as the baseline itself: about one in six draws a negative count.
  const Plan plan = plan_of(scenario(200, neutrophils + "circ0 = { value = 5.0, sd = 5.0 }\n"));
  const Dataset dataset = run(plan);
  const auto& status = values<std::int8_t>(dataset, "status");
  const auto& baseline = values<double>(dataset, "netterberg2017.circ0");
  const auto& nadirs = values<double>(dataset, "anc.nadir");
  std::size_t bad = 0;
  for (std::size_t i = 0; i < status.size(); ++i) {
    EXPECT_EQ(status[i], baseline[i] > 0.0 ? 0 : 3);
    EXPECT_EQ(std::isnan(nadirs[i]), status[i] != 0);
    bad += status[i] != 0;
  }
  EXPECT_GT(bad, 10u);
}

TEST(Reproducible, TheRunStopsWhenProgressSaysSo) {
  const Plan plan = plan_of(scenario(100000, neutrophils));
  EXPECT_THROW(run(plan, {.progress = [](std::size_t, std::size_t) { return false; }}), Interrupted);
}

}  // namespace
}  // namespace nadir

// A patient is a function of (scenario, seed, index).
#include <gtest/gtest.h>

#include <cmath>

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

/// All numbers of a dataset as one text of bytes, names included.
std::string bytes(const Dataset& dataset) {
  std::string all;
  for (const Variable& v : dataset.variables) {
    all += v.name;
    std::visit(
        [&](const auto& list) {
          using Value = typename std::decay_t<decltype(list)>::value_type;
          if constexpr (std::is_same_v<Value, std::string>) {
            for (const auto& word : list) all += word;
          } else {
            all.append(reinterpret_cast<const char*>(list.data()), list.size() * sizeof(Value));
          }
        },
        v.values);
  }
  return all;
}

const std::string everything = neutrophils + leukocytes + docetaxel + other;

TEST(Reproducible, ThreadsChangeNoByte) {
  const Plan plan = plan_of(scenario(97, everything));
  const std::string one = bytes(run(plan, {.threads = 1}));
  EXPECT_EQ(one, bytes(run(plan, {.threads = 2})));
  EXPECT_EQ(one, bytes(run(plan, {.threads = 5})));
}

TEST(Reproducible, ThePatientIsTheSameAloneAndInCompany) {
  const Plan few = plan_of(scenario(7, everything)), many = plan_of(scenario(60, everything));
  const Dataset a = run(few), b = run(many);
  for (const char* name : {"anc.nadir", "wbc.dsn", "anc.recovery", "docetaxel.cl", "netterberg2017.mtt"}) {
    const auto& x = values<double>(a, name);
    const auto& y = values<double>(b, name);
    for (std::size_t i = 0; i < x.size(); ++i)
      EXPECT_EQ(__builtin_bit_cast(std::uint64_t, x[i]), __builtin_bit_cast(std::uint64_t, y[i])) << name;
  }
  // Marrows stand in the order of their lineages: leukocytes, then neutrophils.
  const auto alone = simulate(many, make_subject(many, 6));
  EXPECT_EQ(static_cast<float>(alone.count_series[1][100]), values<float>(a, "anc")[6 * few.times.size() + 100]);
}

TEST(Reproducible, ARangeOfPatientsIsThatPartOfAllAndItsTalliesAddUp) {
  const Plan plan = plan_of(scenario(60, everything), {.settings = {"output.series=25"}});
  Results all(plan, 0, 60), head(plan, 0, 19), tail(plan, 19, 41);
  simulate(plan, all, {});
  simulate(plan, head, {});
  simulate(plan, tail, {});
  EXPECT_EQ(tail.stored, 6u);
  for (std::size_t i = 0; i < 41; ++i) EXPECT_EQ(tail.steps[i], all.steps[19 + i]);
  EXPECT_TRUE(std::equal(tail.series[1].begin(), tail.series[1].end(), all.series[1].begin() + 19 * all.times));
  for (std::size_t s = 0; s < all.tallies.size(); ++s) {
    tail.tallies[s].add(head.tallies[s]);
    EXPECT_EQ(tail.tallies[s].pack(), all.tallies[s].pack());
    EXPECT_EQ(Tally::unpack(all.tallies[s].pack()).pack(), all.tallies[s].pack());
  }
}

TEST(Reproducible, TheOrderInTheFileChangesNoByte) {
  const std::string forward = bytes(run(plan_of(scenario(20, neutrophils + leukocytes + docetaxel + other))));
  EXPECT_EQ(forward, bytes(run(plan_of(scenario(20, other + docetaxel + leukocytes + neutrophils)))));
}

TEST(Reproducible, AnotherTreatmentLeavesEveryDrawOfThePatientAlone) {
  const Dataset plain = run(plan_of(scenario(50, neutrophils)));
  const Dataset treated = run(plan_of(scenario(50, everything)));
  for (const char* name : {"netterberg2017.circ0", "netterberg2017.mtt"})
    EXPECT_EQ(values<double>(plain, name), values<double>(treated, name));
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

// Friberg et al., J Clin Oncol 20:4713 (2002): typical courses after one dose, body surface 1.8 m². The expected
// numbers were computed independently with Dormand-Prince at rtol 1e-8 from the published parameters (Tables 1, 2 and 4
// and Bruno 1996).
#include <gtest/gtest.h>

#include "tests/support/scenarios.hpp"

namespace nadir {
namespace {

using namespace test;

std::string docetaxel(const std::string& dose, const std::string& effect = "\"friberg2002_linear\"",
                      const std::string& rest = "") {
  return treatment({"docetaxel", "\"docetaxel_bruno1996\"", effect, dose, "duration = \"1 h\"\n" + rest});
}

const std::string neutrophils = "model = \"friberg2002\"\nset = \"docetaxel\"";
const std::string emax = "model = \"friberg2002\"\nset = \"docetaxel_emax\"";

TEST(Friberg2002, DocetaxelTable2GivesTheCourseOfANC) {
  const Course course = course_of(typical_patient(neutrophils, docetaxel("100 mg/m^2"), 25));
  const Measures m = measures_of(course, 25);
  EXPECT_NEAR(m.nadir, 0.8961, 0.005 * 0.8961);
  EXPECT_NEAR(m.nadir_time, 7.57, 0.05);
  EXPECT_EQ(m.dsn, 0.0);
  const Curve& anc = course.counts[0];
  EXPECT_NEAR(recovery(anc, 1.0, {m.nadir, m.nadir_time}, 25), 8.72, 0.05);
  EXPECT_NEAR(recovery(anc, 1.5, {m.nadir, m.nadir_time}, 25), 10.34, 0.05);
  EXPECT_NEAR(m.recovery, 11.30, 0.05);
  const std::pair<double, double> days[] = {{1, 4.952}, {3, 3.272}, {5, 1.552}, {8, 0.911}, {14, 3.932}, {21, 6.214}};
  for (const auto& [day, count] : days) EXPECT_NEAR(value(anc, day), count, 0.005 * count) << "day " << day;
  EXPECT_NEAR(value(anc, 19.79), 6.281, 0.005 * 6.281);
}

TEST(Friberg2002, DocetaxelLowerDoseAndEmaxEffectGiveTheirNadirs) {
  const auto nadir_of = [](const std::string& marrow, const std::string& treatments) {
    return measures_of(course_of(typical_patient(marrow, treatments, 21)), 21);
  };
  const Measures linear75 = nadir_of(neutrophils, docetaxel("75 mg/m^2"));
  EXPECT_NEAR(linear75.nadir, 1.3535, 0.005 * 1.3535);
  EXPECT_NEAR(linear75.nadir_time, 7.27, 0.05);
  const Measures emax100 = nadir_of(emax, docetaxel("100 mg/m^2", "\"friberg2002_emax\""));
  EXPECT_NEAR(emax100.nadir, 0.8848, 0.005 * 0.8848);
  EXPECT_NEAR(emax100.nadir_time, 7.64, 0.05);
  const Measures emax75 = nadir_of(emax, docetaxel("75 mg/m^2", "\"friberg2002_emax\""));
  EXPECT_NEAR(emax75.nadir, 1.2403, 0.005 * 1.2403);
  EXPECT_NEAR(emax75.nadir_time, 7.39, 0.05);
}

TEST(Friberg2002, DocetaxelTable1GivesTheNadirOfLeukocytes) {
  const auto text = typical_patient("model = \"friberg2002_leukocytes\"\nset = \"docetaxel\"",
                                    docetaxel("100 mg/m^2", "\"friberg2002_leukocytes_linear\""), 21);
  const Measures m = measures_of(course_of(text), 21);
  EXPECT_NEAR(m.nadir, 2.0020, 0.005 * 2.0020);
  EXPECT_NEAR(m.nadir_time, 7.28, 0.05);
}

TEST(Friberg2002, RepeatedDocetaxelDoesNotAccumulate) {
  const Plan plan = plan_of(typical_patient(
      neutrophils, docetaxel("100 mg/m^2", "\"friberg2002_linear\"", "every = \"21 d\"\ncycles = 6\n"), 126));
  const Course course = simulate(plan, make_subject(plan, 0));
  const double expected[] = {0.8961, 0.9508, 0.9541, 0.9541, 0.9541, 0.9541};
  for (int cycle = 0; cycle < 6; ++cycle) {
    const Measures m = measure(course.counts[0], {}, 21.0 * cycle, 21.0 * (cycle + 1), {});
    EXPECT_NEAR(m.nadir, expected[cycle], 0.005 * expected[cycle]) << "cycle " << cycle + 1;
  }
}

const std::string paclitaxel_unbound =
    "{ model = \"paclitaxel_ddmodel186\", cl = \"285 L/h\", v1 = \"290 L\", q = \"204 L/h\", v2 = \"995 L\" }";

TEST(Friberg2002, PaclitaxelTable2GivesTheCourseOfANC) {
  const auto text = typical_patient(
      "model = \"friberg2002\"\nset = \"paclitaxel\"",
      treatment({"paclitaxel", paclitaxel_unbound, "\"friberg2002_linear\"", "368.9 umol", "duration = \"3 h\"\n"}),
      30);
  const Course course = course_of(text);
  const Measures m = measures_of(course, 30);
  EXPECT_NEAR(m.nadir, 1.3747, 0.005 * 1.3747);
  EXPECT_NEAR(m.nadir_time, 9.93, 0.05);
  const std::pair<double, double> days[] = {{3, 4.448},  {7, 1.937},  {10, 1.375},
                                            {14, 2.462}, {21, 7.304}, {23.41, 7.777}};
  for (const auto& [day, count] : days)
    EXPECT_NEAR(value(course.counts[0], day), count, 0.005 * count) << "day " << day;
  EXPECT_NEAR(*std::max_element(course.drug_series[0].begin(), course.drug_series[0].end()), 0.2837, 0.005 * 0.2837);
}

TEST(Friberg2002, PaclitaxelTable1GivesTheNadirOfLeukocytes) {
  const auto text = typical_patient("model = \"friberg2002_leukocytes\"\nset = \"paclitaxel\"",
                                    treatment({"paclitaxel", paclitaxel_unbound, "\"friberg2002_leukocytes_linear\"",
                                               "368.9 umol", "duration = \"3 h\"\n"}),
                                    30);
  const Measures m = measures_of(course_of(text), 30);
  EXPECT_NEAR(m.nadir, 2.9188, 0.005 * 2.9188);
  EXPECT_NEAR(m.nadir_time, 9.24, 0.05);
}

TEST(Friberg2002, SaturablePaclitaxelOfCrombag2019GivesConcentrationsAndNadir) {
  const auto text = typical_patient("model = \"friberg2002\"\nset = \"paclitaxel\"",
                                    treatment({"paclitaxel", "\"paclitaxel_crombag2019\"", "\"friberg2002_linear\"",
                                               "175 mg/m^2", "duration = \"3 h\"\n"}),
                                    30);
  const Plan plan = plan_of(text, {.settings = {"time.sample=0.01 h", "time.end=30 d"}});
  const Course course = simulate(plan, make_subject(plan, 0));
  const auto& c = course.drug_series[0];
  EXPECT_NEAR(*std::max_element(c.begin(), c.end()), 4.60, 0.01 * 4.60);
  double area = 0.0, above = 0.0;
  for (std::size_t i = 1; i < c.size(); ++i) {
    area += 0.5 * (c[i] + c[i - 1]) * 0.01;
    above += c[i] > 0.05 ? 0.01 : 0.0;
  }
  EXPECT_NEAR(area, 15.69, 0.01 * 15.69);
  EXPECT_NEAR(above, 26.75, 0.01 * 26.75);
  const Measures m = measures_of(course, 30);
  EXPECT_NEAR(m.nadir, 2.280, 0.01 * 2.280);
  EXPECT_NEAR(m.nadir_time, 9.47, 0.05);
}

TEST(Friberg2002, IrinotecanTable2GivesTheNadir) {
  const auto text = typical_patient("model = \"friberg2002\"\nset = \"irinotecan\"",
                                    treatment({"irinotecan", "\"irinotecan_rietveld2024\"", "\"friberg2002_linear\"",
                                               "350 mg/m^2", "duration = \"1.5 h\"\n"}),
                                    30);
  const Measures m = measures_of(course_of(text), 30);
  EXPECT_NEAR(m.nadir, 1.670, 0.01 * 1.670);
  EXPECT_NEAR(m.nadir_time, 9.61, 0.05);
}

/// A concentration that stays: an infusion without end into a compartment that it has filled already.
Course constant_effect(const std::string& set, double effect) {
  const std::string kinetics =
      "{ model = \"one_compartment\", cl = \"1 L/h\", v = \"1e-4 L\", ka = \"1 1/h\", molar_mass = \"1000 g/mol\" }";
  const std::string slope =
      "{ model = \"friberg2002_linear\", set = \"user\", slope = " + std::to_string(effect) + " }";
  const auto text = typical_patient("model = \"friberg2002\"\nset = \"" + set + "\"",
                                    treatment({"test", kinetics, slope, "24000 mg", "duration = \"1000 d\"\n"}), 1000);
  return course_of(text);  // 24000 mg over 1000 d is 1 mg/h: with a clearance of 1 L/h 1 mg/L, that is 1 umol/L
}

TEST(Friberg2002, ConstantEffectLowersTheCountByThePowerOfTheFeedback) {
  // At a new steady state Circ = Circ0·(1 − E)^(1/gamma), gamma 0.161.
  const std::pair<double, double> expected[] = {{0.05, 0.727172}, {0.10, 0.519747}, {0.20, 0.250077}};
  for (const auto& [effect, share] : expected) {
    const Course course = constant_effect("docetaxel", effect);
    EXPECT_NEAR(value(course.counts[0], 1000.0) / 5.05, share, 2e-6) << "E = " << effect;
  }
}

TEST(Friberg2002, EveryDrugOfTheTablesHasItsMarrowSetAndItsEffect) {
  for (const char* drug : {"docetaxel", "paclitaxel", "etoposide", "dmdc", "irinotecan"}) {
    const std::string kinetics =
        "{ model = \"one_compartment\", cl = \"10 L/h\", v = \"50 L\", ka = \"1 1/h\", molar_mass = \"800 g/mol\" }";
    for (const std::string lineage : {"friberg2002", "friberg2002_leukocytes"}) {
      const auto text = typical_patient("model = \"" + lineage + "\"\nset = \"" + drug + "\"",
                                        treatment({drug, kinetics, "\"" + lineage + "_linear\"", "200 mg", ""}), 30);
      const Course course = course_of(text);
      EXPECT_EQ(course.status, StepStatus::ok);
      EXPECT_LT(measures_of(course, 30).nadir, value(course.counts[0], 0.0)) << lineage << " " << drug;
    }
  }
}

}  // namespace
}  // namespace nadir

// Netterberg et al., Cancer Chemother Pharmacol 80:343 (2017), DDMODEL00000224, after Kloft et al. (2006).
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/scenarios.hpp"

namespace nadir {
namespace {

using namespace test;

const std::string marrow = "model = \"netterberg2017\"";

std::string docetaxel(const std::string& dose) {
  return treatment(
      {"docetaxel", "\"docetaxel_bruno1996\"", "\"netterberg2017_docetaxel\"", dose, "duration = \"1 h\"\n"});
}

TEST(Netterberg2017, ReferencePatientAfter75MilligramsPerSquareMetre) {
  // Computed independently from the parameters of DDMODEL00000224: nadir 0.4486 on day 7.84, 1.76 days below 0.5.
  const Measures m = measures_of(course_of(typical_patient(marrow, docetaxel("75 mg/m^2"), 21)), 21);
  EXPECT_NEAR(m.nadir, 0.4486, 0.005 * 0.4486);
  EXPECT_NEAR(m.nadir_time, 7.84, 0.05);
  EXPECT_NEAR(m.dsn, 1.76, 0.02);
}

TEST(Netterberg2017, CovariatesActOnBaselineAndSlopeAsPublished) {
  const std::string person = "[covariates]\nbsa = 1.8\nsexf = 1\necog = 2\nprior_therapy = 1\naag = 2.0\n";
  const Plan plan = plan_of(typical_patient(marrow, docetaxel("75 mg/m^2"), 21, person));
  const auto p = make_subject(plan, 0).parameters[0];
  const double baseline = 5.21965 * (1 - 0.121451) * (1 + 0.130406) * (1 - 0.146837) * (1 + 0.494618 * (2.0 - 1.34));
  EXPECT_NEAR(p[0], baseline, 1e-12);
  EXPECT_NEAR(p[plan.assembly.drugs[0].effects[0].params], 15.5711 * (1 - 0.350693 * (2.0 - 1.34)), 1e-12);
  const std::string low = "[covariates]\nbsa = 1.8\naag = 1.0\n";
  const Plan low_plan = plan_of(typical_patient(marrow, docetaxel("75 mg/m^2"), 21, low));
  EXPECT_NEAR(make_subject(low_plan, 0).parameters[0][0], 5.21965 * (1 + 0.174677 * (1.0 - 1.34)), 1e-12);
}

// Population reference, computed by an independent program (fixed-step Runge-Kutta, 20,000 patients, spread on
// baseline, transit time and slope only, body surface 1.79 m²): share of grade 4, days below 0.5, median nadir. 50,000
// patients here, so that our own Monte Carlo error (0.2 points) leaves the tolerance to the reference's (0.3 points).
struct Reference {
  const char* dose;
  double grade4, days, nadir;
};

void PrintTo(const Reference& r, std::ostream* stream) { *stream << r.dose; }

class PopulationReference : public testing::TestWithParam<Reference> {};

TEST_P(PopulationReference, IsMetByFiftyThousandPatients) {
  const Reference& expected = GetParam();
  const std::string text =
      "format = 1\n[ensemble]\npatients = 50000\nseed = 1\n[time]\nend = \"21 d\"\n[output]\nseries = 0\n"
      "[covariates]\nbsa = 1.79\n[[marrow]]\n" +
      marrow + "\n" + docetaxel(expected.dose);
  const Dataset dataset = run(plan_of(text, {.settings = {"time.sample=21 d"}}));
  const auto& nadirs = values<double>(dataset, "anc.nadir");
  const auto& days = values<double>(dataset, "anc.dsn");
  double grade4 = 0.0, mean_days = 0.0;
  for (std::size_t i = 0; i < nadirs.size(); ++i) {
    ASSERT_FALSE(std::isnan(nadirs[i]));
    grade4 += nadirs[i] < 0.5 ? 100.0 / nadirs.size() : 0.0;
    mean_days += days[i] / nadirs.size();
  }
  auto sorted = nadirs;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_NEAR(grade4, expected.grade4, 1.0);
  EXPECT_NEAR(mean_days, expected.days, 0.06);
  EXPECT_NEAR(sorted[sorted.size() / 2], expected.nadir, 0.02 * expected.nadir);
}

INSTANTIATE_TEST_SUITE_P(Docetaxel, PopulationReference,
                         testing::Values(Reference{"60 mg/m^2", 33.4, 1.17, 0.708},
                                         Reference{"75 mg/m^2", 54.4, 2.22, 0.451},
                                         Reference{"100 mg/m^2", 79.1, 3.93, 0.223}),
                         [](const auto& info) {
                           return "Milligrams" +
                                  std::string(info.param.dose).substr(0, std::string(info.param.dose).find(' '));
                         });

}  // namespace
}  // namespace nadir

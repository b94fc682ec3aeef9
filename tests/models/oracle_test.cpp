// A high-precision reference of docetaxel and the transit chain: crossings and durations, and the file of counts where
// it is present (computed with 80-bit numbers and Richardson extrapolation, error below 1.4e-10).
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/support/scenarios.hpp"
#include "tests/support/shared_data.hpp"

namespace nadir {
namespace {

using namespace test;

/// The oracle's patient: mass of 0.808 mg/umol instead of 0.8079, so the slope is scaled.
std::string patient(const std::string& set, double dose, double relative) {
  const bool kloft = set == "kloft2006";
  const std::string marrow = kloft ? "model = \"netterberg2017\"" : "model = \"friberg2002\"\nset = \"docetaxel\"";
  const double slope = (kloft ? 15.5711 : 8.58) * 807.9 / 808.0;
  char effect[160];
  std::snprintf(effect, sizeof effect, "{ model = \"%s\", slope = %.17g }",
                kloft ? "netterberg2017_docetaxel" : "friberg2002_linear", slope);
  char more[200];
  std::snprintf(more, sizeof more, "[covariates]\nbsa = 1.79\n[solver]\nrelative = %g\nabsolute = %g\n", relative,
                relative * 1e-3);
  return typical_patient(marrow,
                         treatment({"docetaxel", "\"docetaxel_bruno1996\"", effect, std::to_string(dose) + " mg/m^2",
                                    "duration = \"1 h\"\n"}),
                         21, more);
}

struct Crossing {
  const char* set;
  double dose, nadir, time, days, recovery;
};

void PrintTo(const Crossing& c, std::ostream* stream) { *stream << c.set << " " << c.dose << " mg/m^2"; }

class Oracle : public testing::TestWithParam<Crossing> {};

TEST_P(Oracle, ThresholdCrossingsAgreeToTheFifthDecimalOfADay) {
  const Crossing& expected = GetParam();
  const Measures m = measures_of(course_of(patient(expected.set, expected.dose, 1e-7)), 21);
  EXPECT_NEAR(m.nadir, expected.nadir, 1e-6);
  EXPECT_NEAR(m.nadir_time, expected.time, 1e-4);
  EXPECT_NEAR(m.dsn, expected.days, 1e-5);
  EXPECT_NEAR(m.recovery, expected.recovery, 1e-5);
}

INSTANTIATE_TEST_SUITE_P(Docetaxel, Oracle,
                         testing::Values(Crossing{"kloft2006", 100, 0.2236367, 8.416162, 4.468453, 13.292802},
                                         Crossing{"kloft2006", 75, 0.4542991, 7.832949, 1.659649, 12.363338},
                                         Crossing{"friberg2002", 100, 0.9043469, 7.562751, 0.0, 11.280677}));

double worst_difference(double relative) {
  std::ifstream file(shared_file("oracle_friberg_docetaxel.csv"));
  std::string line, current;
  std::getline(file, line);
  Course course;
  double worst = 0.0;
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::string set, dose, bsa, time, anc;
    std::getline(cells, set, ',');
    std::getline(cells, dose, ',');
    std::getline(cells, bsa, ',');
    std::getline(cells, time, ',');
    std::getline(cells, anc, ',');
    if (set + dose != current) {
      current = set + dose;
      course = course_of(patient(set, std::stod(dose), relative));
    }
    // Stored series, once an hour: the values that a user would read.
    worst = std::max(worst, std::fabs(course.count_series[0].at(std::lround(std::stod(time))) - std::stod(anc)));
  }
  return worst;
}

TEST(OracleFile, CountsAgreeAtTightAndAtDefaultTolerance) {
  if (!std::ifstream(shared_file("oracle_friberg_docetaxel.csv")))
    GTEST_SKIP() << "NOT CHECKED: " << shared_file("oracle_friberg_docetaxel.csv") << " is not on this machine";
  EXPECT_LT(worst_difference(1e-10), 1e-8);
  EXPECT_LT(worst_difference(1e-7), 1e-5);
}

}  // namespace
}  // namespace nadir

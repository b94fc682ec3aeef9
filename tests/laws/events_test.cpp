// What happens to a patient happens at its moment, by every method.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <numeric>

#include "sim/scenario/methods.hpp"
#include "tests/support/scenarios.hpp"

namespace nadir {
namespace {

using namespace test;

const std::string marrow = "model = \"netterberg2017\"";
const std::string kinetics =
    "{ model = \"one_compartment\", cl = \"5 L/h\", v = \"50 L\", ka = \"1 1/h\", molar_mass = \"800 g/mol\" }";

class Events : public testing::TestWithParam<std::string> {
 protected:
  static std::string solver() { return "[covariates]\nbsa = 1.79\n[solver]\nmethod = \"" + GetParam() + "\"\n"; }
  static std::string drug(const std::string& name, const std::string& rest) {
    return treatment({name, kinetics, "\"netterberg2017_docetaxel\"", "10 mg", rest});
  }
  static Dataset result(const std::string& treatments, double days = 21.0) {
    return run(plan_of(typical_patient(marrow, treatments, days, solver())));
  }
  /// Doses of one drug as lines "TIME,AMT,RATE", in hours and mg.
  static Dataset result_of_table(const std::vector<std::string>& lines) {
    const Folder folder;
    std::ofstream file(folder / "doses.csv");
    file << "ID,TIME,AMT,RATE,CMT,EVID\n";
    for (const std::string& line : lines) file << "1," << line << ",2,1\n";
    file.close();
    return run(plan_of(typical_patient(marrow,
                                       "[[treatment]]\ndrug = \"drug\"\nkinetics = " + kinetics +
                                           "\neffect = \"netterberg2017_docetaxel\"\n[events]\nfile = \"" +
                                           (folder / "doses.csv").string() + "\"\n",
                                       21.0, solver())));
  }
  static void expect_same(const Dataset& a, const Dataset& b) {
    for (const char* name : {"anc", "drug"}) EXPECT_EQ(values<float>(a, name), values<float>(b, name)) << name;
    for (const char* name : {"anc.nadir", "anc.dsn", "anc.recovery"})
      EXPECT_EQ(values<double>(a, name), values<double>(b, name)) << name;
  }
};

TEST_P(Events, AnOutputAtTheTimeOfADoseStandsJustBeforeIt) {
  const Dataset dataset = result(drug("drug", "days = [0, 1, 2]\n"), 4.0);
  const auto& concentration = values<float>(dataset, "drug");
  const double left = std::exp(-0.1 * 24.0), full = 0.2;  // mg/L
  EXPECT_EQ(concentration[0], 0.0f);
  EXPECT_NEAR(concentration[24], full * left, 1e-7);
  EXPECT_NEAR(concentration[25], full * (1.0 + left) * std::exp(-0.1), 1e-7);
  EXPECT_NEAR(concentration[48], full * (1.0 + left) * left, 1e-7);
  EXPECT_EQ(values<float>(dataset, "anc")[0], static_cast<float>(values<double>(dataset, "netterberg2017.circ0")[0]));
}

TEST_P(Events, DosesOfOneMomentAreTheSameInEveryOrder) {
  std::vector<std::string> lines{"24,0.1,0", "24,0.2,0", "24,20,10", "24,0.3,0"};
  const Dataset first = result_of_table(lines);
  std::vector<std::size_t> order(lines.size());
  std::iota(order.begin(), order.end(), 0);
  while (std::next_permutation(order.begin(), order.end())) {
    std::vector<std::string> other;
    for (const std::size_t i : order) other.push_back(lines[i]);
    expect_same(first, result_of_table(other));
  }
}

TEST_P(Events, InfusionsWithoutAGapAreOneInfusion) {
  const Dataset one = result_of_table({"24,30,10"});
  const Dataset three = result_of_table({"24,10,10", "25,10,10", "26,10,10"});
  for (const char* name : {"anc", "drug"}) {
    const auto &a = values<float>(one, name), &b = values<float>(three, name);
    for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(b[i], a[i], 2e-6f * a[i]) << name << " hour " << i;
  }
  EXPECT_EQ(values<float>(one, "drug")[24], 0.0f);
}

TEST_P(Events, AnInfusionThatEndsWhereTheNextBeginsLeavesNoRate) {
  const Dataset dataset = result_of_table({"24,0.3,0.1", "27,0.7,0.7"});
  const auto& concentration = values<float>(dataset, "drug");
  // From hour 28 on it only decays.
  for (std::size_t hour = 29; hour < 100; ++hour)
    EXPECT_NEAR(concentration[hour], concentration[hour - 1] * std::exp(-0.1), 1e-6 * concentration[hour]) << hour;
}

// The reference of tests/models/oracle_test.cpp, printed to these digits.
TEST_P(Events, ThresholdsArePassedAtTheirMomentToAMillionthOfADay) {
  char effect[100];
  std::snprintf(effect, sizeof effect, "{ model = \"netterberg2017_docetaxel\", slope = %.17g }",
                15.5711 * 807.9 / 808.0);
  const auto measures = [&](const std::string& dose) {
    return run(plan_of(typical_patient(
        marrow, treatment({"docetaxel", "\"docetaxel_bruno1996\"", effect, dose + " mg/m^2", "duration = \"1 h\"\n"}),
        21.0, solver() + "relative = 1e-10\nabsolute = 1e-13\n")));
  };
  const Dataset high = measures("100"), low = measures("75");
  EXPECT_NEAR(values<double>(high, "anc.dsn")[0], 4.468453, 1e-6);
  EXPECT_NEAR(values<double>(high, "anc.recovery")[0], 13.292802, 1e-6);
  EXPECT_NEAR(values<double>(low, "anc.dsn")[0], 1.659649, 1e-6);
  EXPECT_NEAR(values<double>(low, "anc.recovery")[0], 12.363338, 1e-6);
  EXPECT_NEAR(values<double>(high, "anc.nadir")[0], 0.2236367, 1e-7);
  EXPECT_NEAR(values<double>(high, "anc.nadir_time")[0], 8.416162, 2e-6);
}

INSTANTIATE_TEST_SUITE_P(Methods, Events, testing::Values("taylor", "rodas5p", "dormand_prince"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace nadir

// Filgrastim with explicit receptor binding against a reference computed independently in 80-bit numbers: 100 patients,
// ten daily doses of 300 ug, counts every 6 h for 28 days.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/scenarios.hpp"
#include "tests/support/shared_data.hpp"

namespace nadir {
namespace {

using namespace test;

const MarrowModel& model() { return *registry().marrow("filgrastim_binding"); }

const std::vector<std::string> individual{"kel", "vd", "ksi", "nb0", "sc1"};

/// The first `count` patients, with their individual parameters as columns of an event table.
Plan plan_of_patients(std::size_t count, double relative) {
  const Folder folder;
  std::ofstream table(folder / "b.csv");
  table.precision(17);
  table << "ID,TIME,AMT,II,ADDL,EVID,KEL,VD,KSI,NB0,SC1\n";
  const auto patients = read_numbers(shared_file("benchmark/patients_B_100.csv"));
  for (std::size_t i = 0; i < count; ++i) {
    table << patients[i][0] << ",0,300,24,9,1";
    for (std::size_t k = 1; k <= individual.size(); ++k) table << "," << patients[i][k];
    table << "\n";
  }
  table.close();
  char solver[80];
  std::snprintf(solver, sizeof solver, "[solver]\nrelative = %g\nabsolute = %g\n", relative, relative * 1e-6);
  std::string text = "format = 1\n[ensemble]\nvariability = false\n[time]\nend = \"28 d\"\nsample = \"6 h\"\n";
  text += std::string(solver) + "[[marrow]]\nmodel = \"filgrastim_binding\"\n[[treatment]]\ndrug = \"filgrastim\"\n" +
          "kinetics = \"filgrastim_binding\"\n[events]\nfile = \"" + (folder / "b.csv").string() +
          "\"\n[events.columns]\n";
  for (const std::string& name : individual) text += name + " = \"filgrastim_binding." + name + "\"\n";
  return plan_of(text);
}

/// Largest relative difference of a count from the reference.
double worst_error(std::size_t count, double relative) {
  const auto reference = read_numbers(shared_file("benchmark/reference_B_100.csv.gz"));
  const Plan plan = plan_of_patients(count, relative);
  double worst = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto counts = simulate(plan, make_subject(plan, i)).count_series[0];
    for (std::size_t k = 0; k < counts.size(); ++k)
      worst = std::max(worst, std::fabs(counts[k] / reference[i * counts.size() + k][2] - 1.0));
  }
  return worst;
}

TEST(FilgrastimBinding, MeetsTheReferenceOfAHundredPatients) {
  if (!std::filesystem::exists(shared_file("benchmark/reference_B_100.csv.gz")))
    GTEST_SKIP() << "NOT CHECKED: " << shared_file("benchmark/reference_B_100.csv.gz") << " is not on this machine";
  EXPECT_LT(worst_error(5, 1e-10), 1e-9);
  EXPECT_LT(worst_error(100, 1e-7), 1e-5);
}

TEST(FilgrastimBinding, RestsWithTheBodysOwnGcsfInBalance) {
  std::vector<double> p, x(model().states.size());
  for (const ParamRow& row : model().params) p.push_back(model().sets[0].values[row.index].value * row.parsed.factor);
  model().rest(p.data(), x.data());
  EXPECT_DOUBLE_EQ(model().count(x.data(), p.data()), 1.65);
  const double free = x[1] * 1e3, bound = x[2] * 1e3;  // ng/mL
  // RC0 = kon·C0·R0/(kon·C0 + koff + KINT), R0 = KSI·(9·BM0 + NB0).
  const double kon = 10 / 1.27, cells = 9 * x[3] + 1.65;
  EXPECT_NEAR(bound, kon * free * 0.211 * cells / (kon * free + 10 + 0.101), 1e-12);
}

}  // namespace
}  // namespace nadir

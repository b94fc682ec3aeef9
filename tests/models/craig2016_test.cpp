// Craig, Humphries, Mackey, Bull Math Biol 78:2304 (2016), arXiv:1512.06896. The paper's delay equations were solved
// independently from its parameters (Runge–Kutta with cubic history). The chains keep their rest state and their G-CSF;
// what counts do depends on the number of stages, so counts are compared with independent solutions of the same chain,
// and the chains with the delay equations by how they approach them.
#include <gtest/gtest.h>

#include "models/structure/craig_chain.hpp"
#include "sim/model/erase_marrow.hpp"
#include "tests/support/bdf.hpp"
#include "tests/support/scenarios.hpp"

namespace nadir {
namespace {

using namespace test;

std::string scenario(const std::string& model, const std::string& set, double days, const std::string& treatments) {
  return typical_patient("model = \"" + model + "\"\nset = \"" + set + "\"", treatments, days,
                         "[covariates]\nbsa = 1.723\n[solver]\nabsolute = 1e-13\n");
}

std::string given(const std::string& drug, const std::string& model, const std::string& dose,
                  const std::string& rest = "") {
  return treatment({drug, "\"" + model + "\"", "", dose, rest});
}

struct Peak {
  double value = 0.0, time = 0.0;  // d
};

Peak highest(const Plan& plan, const std::vector<double>& series) {
  const auto top = std::max_element(series.begin(), series.end());
  return {*top, plan.times[static_cast<std::size_t>(top - series.begin())]};
}

class Craig2016 : public testing::TestWithParam<std::string> {};

TEST_P(Craig2016, RestsAtThePublishedCounts) {
  const Course course = course_of(scenario(GetParam(), "filgrastim_300", 1, ""));
  EXPECT_NEAR(course.count_series[0][0], 3.080, 0.0005);  // Q 1.1, N_R 2.26, N 0.3761, ANC 3.080
  const MarrowModel& model = *registry().marrow(GetParam());
  std::vector<double> p, x(model.states.size());
  for (const ParamRow& row : model.params) p.push_back(model.sets[0].values[row.index].value * row.parsed.factor);
  model.rest(p.data(), x.data());
  EXPECT_NEAR(x[5] * 1e3, 1.1, 0.003 * 1.1) << "stem cells [10^6 cells/kg]";
  EXPECT_NEAR(x[x.size() - 3], 0.3761, 0.0001) << "blood [10^9 cells/kg]";
  EXPECT_NEAR(x.back() * 1e3, 2.1899e-5, 0.0001e-5) << "bound G-CSF [ng/mL]";
}

TEST_P(Craig2016, FilgrastimReachesTheConcentrationsOfTheDelayEquations) {
  struct Case {
    const char *set, *dose;
    double peak, hour;
  };
  for (const Case& c : {Case{"filgrastim_300", "300 ug", 15.46, 2.8}, Case{"filgrastim_750", "750 ug", 79.54, 3.9}}) {
    const Plan plan = plan_of(scenario(GetParam(), c.set, 1, given("filgrastim", GetParam(), c.dose)),
                              {.settings = {"time.sample=0.05 h"}});
    const Peak peak = highest(plan, simulate(plan, make_subject(plan, 0)).drug_series[0]);
    EXPECT_NEAR(peak.value, c.peak, 0.01 * c.peak) << c.dose;
    EXPECT_NEAR(peak.time * 24.0, c.hour, 0.1) << c.dose;
  }
}

TEST_P(Craig2016, ZalypsisReachesTheConcentrationOfThePaper) {
  const Plan plan = plan_of(
      scenario(GetParam(), "filgrastim_300", 1, given("zalypsis", GetParam(), "4 mg/m^2", "duration = \"1 h\"\n")));
  EXPECT_NEAR(highest(plan, simulate(plan, make_subject(plan, 0)).drug_series[0]).value, 25.89, 0.01 * 25.89);
}

TEST_P(Craig2016, BothDrugsTogetherKeepCountsUpForSixCycles) {
  // The paper's CHOP14 course has no severe neutropenia. Peak of the delay equations: 33.9, with a tolerance of 45 %,
  // for the paper's own figure 9 shows some 20 to 40 % less; the chain of 21 states stays far below, as its note says.
  const std::string every = "every = \"14 d\"\ncycles = 6\n";
  const Plan plan = plan_of(
      scenario(GetParam(), "filgrastim_300", 84,
               given("zalypsis", GetParam(), "4 mg/m^2", "duration = \"1 h\"\n" + every) +
                   given("filgrastim", GetParam(), "300 ug", "days = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13]\n" + every)));
  const Course course = simulate(plan, make_subject(plan, 0));
  ASSERT_EQ(course.status, StepStatus::ok);
  EXPECT_GT(measures_of(course, 84).nadir, 3.0);
  const double peak = highest(plan, course.count_series[0]).value;
  if (GetParam() == "craig2016_fine") {
    EXPECT_NEAR(peak, 33.9, 0.45 * 33.9);
  }
  EXPECT_NEAR(peak, GetParam() == "craig2016_fine" ? 32.0 : 19.1, 0.1) << "what the note says";
}

INSTANTIATE_TEST_SUITE_P(Chains, Craig2016, testing::Values("craig2016", "craig2016_fine"),
                         [](const auto& info) { return info.param; });

/// Counts of a chain with other numbers of stages than the registered ones.
template <std::size_t Dividing, std::size_t Maturing>
struct Chain : CraigChain<5, Dividing, Maturing> {
  static constexpr std::string_view title = "chain", source = "test", note = "";
};

/// Integrates a chain after a dose: `depot` [mg] at once, or an infusion into plasma [mg/d] for an hour.
class ChainRun {
 public:
  explicit ChainRun(MarrowModel model) : model_(std::move(model)), input_(model_.states.size()) {
    for (const ParamRow& row : model_.params) p_.push_back(model_.sets[0].values[row.index].value * row.parsed.factor);
  }
  void rates(double, const double* x, double* dx) { model_.rhs(x, p_.data(), {}, input_.data(), dx); }
  void jacobian(double, const double* x, double* matrix) { model_.jacobian(x, p_.data(), {}, matrix); }

  /// Counts every hour of so many days.
  std::vector<double> counts(double depot, double infusion, int days) {
    std::vector<double> x(model_.states.size()), list;
    model_.rest(p_.data(), x.data());
    x[4] += depot;
    std::vector<double> absolute;
    for (const StateRow& row : model_.states) absolute.push_back(1e-11 * row.parsed.factor);
    Bdf solver(*this, x, 1e-8, absolute);
    for (int hour = 0; hour < 24 * days; ++hour) {
      input_[0] = hour == 0 ? infusion : 0.0;
      if (hour < 2) solver.restart(hour / 24.0, hour == 0 ? 1.0 / 24.0 : days);
      solver.advance((hour + 1) / 24.0);
      list.push_back(model_.count(solver.state(), p_.data()));
    }
    return list;
  }

 private:
  MarrowModel model_;
  std::vector<double> p_, input_;
};

struct Expected {
  const char* stages;
  MarrowModel (*model)(std::string_view);
  double nadir, peak;
};

TEST(Craig2016Chain, GivesTheCountsOfItsNumberOfStagesAndComesNearerToTheDelayEquations) {
  // Independent solutions: nadir after Zalypsis 4 mg/m^2, peak after filgrastim 300 ug; delay equations 2.182
  // and 23.69.
  const Expected chains[] = {{"10 and 5", erase_marrow<Chain<10, 5>>, 2.654, 20.85},
                             {"20 and 10", erase_marrow<Chain<20, 10>>, 2.473, 21.93},
                             {"40 and 20", erase_marrow<Chain<40, 20>>, 2.355, 22.65}};
  double last_nadir = 3.08, last_peak = 3.08;
  for (const Expected& chain : chains) {
    ChainRun run(chain.model("chain"));
    const auto lowered = run.counts(0.0, 4.0 * 1.723 * 24.0, 30), raised = run.counts(0.3 * 0.64466, 0.0, 2);
    const double nadir = *std::min_element(lowered.begin(), lowered.end());
    const double peak = *std::max_element(raised.begin(), raised.end());
    EXPECT_NEAR(nadir, chain.nadir, 0.003 * chain.nadir) << chain.stages;
    EXPECT_NEAR(peak, chain.peak, 0.003 * chain.peak) << chain.stages;
    EXPECT_LT(nadir, last_nadir) << chain.stages;
    EXPECT_GT(peak, last_peak) << chain.stages;
    EXPECT_GT(nadir, 2.182) << chain.stages;
    EXPECT_LT(peak, 23.69) << chain.stages;
    last_nadir = nadir, last_peak = peak;
  }
}

TEST(Craig2016Chain, NotesSayWhatTheRegisteredChainsReach) {
  const std::pair<const char*, std::pair<double, double>> notes[] = {{"craig2016", {20.4, 2.87}},
                                                                     {"craig2016_fine", {21.9, 2.47}}};
  for (const auto& [id, reached] : notes) {
    ChainRun run(*registry().marrow(id));
    const auto lowered = run.counts(0.0, 4.0 * 1.723 * 24.0, 30), raised = run.counts(0.3 * 0.64466, 0.0, 2);
    EXPECT_NEAR(*std::max_element(raised.begin(), raised.end()), reached.first, 0.05) << id;
    EXPECT_NEAR(*std::min_element(lowered.begin(), lowered.end()), reached.second, 0.005) << id;
  }
}

}  // namespace
}  // namespace nadir

// Whoever the patient is, no count is negative or not finite, and what cannot be integrated is a row with a status.
//
// Published spreads are tripled; the kinetics and the amount of the drug that is felt are spread over three decades (a
// log-normal with the variance of a log-uniform distribution over them). So some marrows are killed: their progenitors
// fall below what the absolute tolerance resolves (1e-10 of a unit), may come out of it with the wrong sign, and the
// feedback of the models, a power of 1/count, then is no number. Such patients may fail, with a status; others may not.
//
// NADIR_RANDOM_PATIENTS sets how many patients a marrow and a method get (a campaign takes 10,000,000).
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "sim/ensemble/engine.hpp"
#include "tests/support/felt_drug.hpp"

namespace nadir {
namespace {

using namespace test;

/// `more_of`: parameters whose logarithm gets this standard deviation; the others have the published spread, tripled.
std::string spread_widely(const ModelInfo& model, const std::vector<std::string_view>& more_of) {
  std::string text;
  for (const ParamRow& row : model.params) {
    const SetValue& given = model.sets[0].values[row.index];
    const bool wide = std::find(more_of.begin(), more_of.end(), row.name) != more_of.end();
    if (!wide && (given.spread.kind == Spread::Kind::fixed || given.spread.kind == Spread::Kind::normal)) continue;
    char line[200];
    std::snprintf(line, sizeof line, "%s = { value = %.17g, omega = %.17g }\n", std::string(row.name).c_str(),
                  given.value, wide ? 2.0 : 3.0 * omega_of(given.spread));
    text += line;
  }
  return text;
}

struct Case {
  std::string marrow, method;
};
void PrintTo(const Case& c, std::ostream* stream) { *stream << c.marrow << " by " << c.method; }

/// Both methods, but for marrows that are too stiff for the explicit one.
std::vector<Case> cases() {
  std::vector<Case> list;
  for (const MarrowModel& marrow : registry().marrows) {
    list.push_back({std::string(marrow.id), "rodas5p"});
    if (marrow.drugs.empty()) list.push_back({std::string(marrow.id), "taylor"});
  }
  return list;
}

Plan random_patients(const Case& c) {
  const MarrowModel& marrow = *registry().marrow(c.marrow);
  const char* many = std::getenv("NADIR_RANDOM_PATIENTS");
  const std::string patients = many != nullptr ? many : marrow.drugs.empty() ? "15000" : "3000";
  std::string text = "format = 1\n[ensemble]\npatients = " + patients + "\n[time]\nend = \"21 d\"\nsample = \"3 h\"\n" +
                     "[output]\nseries = 1000000000\n[solver]\nmethod = \"" + c.method + "\"\n[[marrow]]\nmodel = \"" +
                     c.marrow + "\"\nset = \"" + std::string(marrow.sets[0].name) + "\"\n" +
                     spread_widely(marrow, {"f"}) + felt_drugs(marrow);
  const std::string typical = "cl = \"10 L/h\", v = \"50 L\"";
  const std::string wide =
      "cl = { value = \"10 L/h\", omega = 2 }, v = { value = \"50 L\", omega = 2 }, f_depot = { value = 1, omega = 2 }";
  if (const auto place = text.find(typical); place != std::string::npos) text.replace(place, typical.size(), wide);
  return plan_of(text);
}

class RandomParameters : public testing::TestWithParam<Case> {};

/// A count below which a marrow is as good as dead [10^9 cells/L].
constexpr float dead = 1e-4f;

void expect_sound(const Results& results) {
  const auto& counts = results.series[0];
  for (std::size_t i = 0; i < results.patients; ++i) {
    float lowest = std::numeric_limits<float>::infinity();
    bool finite = true;
    for (std::size_t t = 0; t < results.times; ++t) {
      const float count = counts[i * results.times + t];
      finite &= std::isfinite(count);
      if (count < lowest) lowest = count;
    }
    ASSERT_EQ(finite, results.status[i] == 0) << "patient " << results.first + i;
    ASSERT_GE(lowest, -1e-10f) << "patient " << results.first + i;  // the absolute tolerance
    ASSERT_TRUE(results.status[i] == 0 || lowest < dead) << "patient " << results.first + i << " ended with status "
                                                         << int{results.status[i]} << " at a count of " << lowest;
  }
}

TEST_P(RandomParameters, GiveNoNegativeCountAndNoFailureOfALivingMarrow) {
  const Plan plan = random_patients(GetParam());
  constexpr std::size_t at_once = 15000;
  for (std::size_t first = 0; first < plan.patients && !HasFatalFailure(); first += at_once) {
    Results results(plan, first, std::min(at_once, plan.patients - first));
    simulate(plan, results, {});
    expect_sound(results);
  }
}

INSTANTIATE_TEST_SUITE_P(Registry, RandomParameters, testing::ValuesIn(cases()),
                         [](const auto& info) { return info.param.marrow + "_" + info.param.method; });

}  // namespace
}  // namespace nadir

// What must hold for every registered model, without a line of test code of its own.
#include <gtest/gtest.h>

#include <cctype>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <random>

#include "sim/ode/dormand_prince.hpp"
#include "sim/population/covariates.hpp"
#include "sim/random/stream.hpp"
#include "tests/support/scenarios.hpp"

namespace nadir {
namespace {

using namespace test;

std::string id_of(const testing::TestParamInfo<std::string>& info) { return info.param; }

std::vector<std::string> all_ids() {
  std::vector<std::string> ids;
  for (const ModelInfo* model : registry().all()) ids.emplace_back(model->id);
  return ids;
}

class EveryModel : public testing::TestWithParam<std::string> {
 protected:
  const ModelInfo& model() const { return *registry().any(GetParam()); }
};

TEST_P(EveryModel, HasEquationsWhoseTermsAgreeInUnits) {
  EXPECT_EQ(model().unit_problems(), std::vector<std::string>{});
}

TEST_P(EveryModel, StatesItsTitleSourceParametersAndTheirMeaning) {
  EXPECT_FALSE(model().title.empty());
  EXPECT_FALSE(model().source.empty());
  EXPECT_FALSE(model().sets.empty());
  for (const ParamRow& row : model().params) EXPECT_FALSE(row.meaning.empty()) << row.name;
  for (const ParameterSetView& set : model().sets) EXPECT_FALSE(set.source.empty()) << set.name;
}

TEST_P(EveryModel, KeepsItsPublishedValuesWithinItsRanges) {
  for (const ParameterSetView& set : model().sets) {
    for (const ParamRow& row : model().params) {
      const double value = set.values[row.index].value;
      EXPECT_TRUE(std::isnan(value) || row.range.holds(value)) << set.name << " " << row.name;
    }
  }
}

TEST_P(EveryModel, ReadsOnlyKnownCovariatesInTheirUnits) {
  for (const CovariateRow& row : model().covariates) {
    const int index = covariate_index(row.name);
    ASSERT_GE(index, 0) << row.name;
    EXPECT_EQ(row.unit, known_covariates[index].unit);
  }
}

TEST_P(EveryModel, LeavesTypicalValuesAloneForItsReferencePerson) {
  if (model().individualise == nullptr) return;
  std::vector<double> reference, typical, changed;
  for (const CovariateRow& row : model().covariates) reference.push_back(row.reference);
  for (const ParamRow& row : model().params)
    typical.push_back(std::isnan(model().sets[0].values[row.index].value) ? 1.0
                                                                          : model().sets[0].values[row.index].value);
  changed = typical;
  model().individualise(changed.data(), reference.data());
  for (std::size_t i = 0; i < typical.size(); ++i) EXPECT_NEAR(changed[i], typical[i], 1e-12 * std::fabs(typical[i]));
}

TEST_P(EveryModel, PrintsItsEquationsFromTheCode) {
  for (const std::string& equation : model().equations()) {
    EXPECT_NE(equation.find('='), std::string::npos);
    EXPECT_EQ(std::count(equation.begin(), equation.end(), '{'), std::count(equation.begin(), equation.end(), '}'));
  }
}

TEST_P(EveryModel, HasAGeneratedPage) {
  const auto page = std::filesystem::path(NADIR_SOURCE_DIR) / "docs/models" / (GetParam() + ".md");
  EXPECT_TRUE(std::filesystem::exists(page)) << "run: nadir docs docs";
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryModel, testing::ValuesIn(all_ids()), id_of);

// --- marrows ---------------------------------------------------------------------------------------------------------

class EveryMarrow : public testing::TestWithParam<std::string> {
 protected:
  const MarrowModel& model() const { return *registry().marrow(GetParam()); }
  std::vector<double> params(const ParameterSetView& set) const {
    std::vector<double> values;
    for (const ParamRow& row : model().params) values.push_back(set.values[row.index].value * row.parsed.factor);
    return values;
  }
  std::vector<double> rest(const std::vector<double>& p) const {
    std::vector<double> x(model().states.size());
    model().rest(p.data(), x.data());
    return x;
  }
  /// The count after so many days from a state.
  double count_after(std::vector<double> x, const std::vector<double>& p, double days) const {
    auto f = [&](double, const double* state, double* rates) { model().rhs(state, p.data(), {}, rates); };
    DormandPrince stepper(x.size(), {});
    stepper.start(f, 0.0, x);
    while (stepper.time() < days)
      if (stepper.step(f, days) != StepStatus::ok) return std::nan("");
    return model().count(stepper.state().data(), p.data());
  }
};

TEST_P(EveryMarrow, RestsAtItsRestState) {
  for (const ParameterSetView& set : model().sets) {
    const auto p = params(set);
    const auto x = rest(p);
    std::vector<double> rates(x.size());
    model().rhs(x.data(), p.data(), {}, rates.data());
    for (std::size_t i = 0; i < x.size(); ++i)
      EXPECT_LE(std::fabs(rates[i]), 1e-12 * std::fabs(x[i]) + 1e-15) << set.name;
    EXPECT_EQ(count_after(x, p, 10000.0), model().count(x.data(), p.data()))
        << set.name << ": moved within 10,000 days";
  }
}

TEST_P(EveryMarrow, ComesHomeFromHalfAndFromDouble) {
  for (const ParameterSetView& set : model().sets) {
    const auto p = params(set);
    const double healthy = model().count(rest(p).data(), p.data());
    for (const double factor : {0.5, 2.0}) {
      auto x = rest(p);
      for (double& state : x) state *= factor;
      EXPECT_NEAR(count_after(x, p, 400.0), healthy, 1e-3 * healthy) << set.name << " from " << factor;
    }
  }
}

TEST_P(EveryMarrow, DifferentiatesItself) {
  const auto p = params(model().sets[0]);
  auto x = rest(p);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] *= 1.0 + 0.1 * static_cast<double>(i % 3);
  const std::size_t n = x.size();
  std::vector<double> matrix(n * n), up(n), down(n);
  const Ports<double> ports{.suppression = 0.3};
  model().jacobian(x.data(), p.data(), ports, matrix.data());
  for (std::size_t column = 0; column < n; ++column) {
    const double h = 1e-6 * x[column];
    auto shifted = x;
    shifted[column] = x[column] + h;
    model().rhs(shifted.data(), p.data(), ports, up.data());
    shifted[column] = x[column] - h;
    model().rhs(shifted.data(), p.data(), ports, down.data());
    for (std::size_t row = 0; row < n; ++row)
      EXPECT_NEAR(matrix[row * n + column], (up[row] - down[row]) / (2 * h), 1e-6) << row << "," << column;
  }
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryMarrow, testing::ValuesIn(registry().ids(Kind::marrow)), id_of);

// --- whole scenarios of every marrow with every effect of its lineage
// -------------------------------------------------

const std::string some_drug =
    "{ model = \"one_compartment\", cl = { value = \"10 L/h\", cv = 0.4 }, v = \"50 L\", ka = \"1 1/h\", molar_mass = "
    "\"800 g/mol\" }";

/// A population of a marrow under the effect, with a dose that is felt.
std::string population(const std::string& marrow, const std::string& effect, const std::string& dose, int patients,
                       const std::string& more = "") {
  const MarrowModel& model = *registry().marrow(marrow);
  std::string text =
      "format = 1\n[ensemble]\npatients = " + std::to_string(patients) + "\nseed = 5\n[time]\nend = \"30 d\"\n" + more;
  text += "[[marrow]]\nmodel = \"" + marrow + "\"\nset = \"" + std::string(model.sets[0].name) + "\"\n";
  return dose.empty() ? text : text + treatment({"test", some_drug, effect, dose, "duration = \"2 h\"\n"});
}

struct Pair {
  std::string marrow, effect;
};

std::vector<Pair> pairs() {
  std::vector<Pair> list;
  for (const MarrowModel& marrow : registry().marrows) {
    for (const EffectModel& effect : registry().effects) {
      if (effect.lineage != marrow.lineage) continue;
      list.push_back({std::string(marrow.id), "{ model = \"" + std::string(effect.id) + "\", set = \"" +
                                                  std::string(effect.sets[0].name) + "\" }"});
    }
  }
  return list;
}

void PrintTo(const Pair& pair, std::ostream* stream) { *stream << pair.marrow << " under " << pair.effect; }

class EveryPair : public testing::TestWithParam<Pair> {};

TEST_P(EveryPair, KeepsCountsPositiveAndFinite) {
  const Dataset dataset = run(plan_of(population(GetParam().marrow, GetParam().effect, "1000 mg", 300)));
  const std::string count(registry().marrow(GetParam().marrow)->signal.name);
  for (const float v : values<float>(dataset, count)) ASSERT_GT(v, 0.0f);
  for (const std::int8_t s : values<std::int8_t>(dataset, "status")) ASSERT_EQ(s, 0);
}

TEST_P(EveryPair, FeelsNothingOfADoseOfZero) {
  const std::string count(registry().marrow(GetParam().marrow)->signal.name);
  const Dataset alone = run(plan_of(population(GetParam().marrow, "", "", 20)));
  const Dataset treated = run(plan_of(population(GetParam().marrow, GetParam().effect, "0 mg", 20)));
  EXPECT_EQ(values<float>(alone, count), values<float>(treated, count));
  EXPECT_EQ(values<double>(alone, count + ".nadir"), values<double>(treated, count + ".nadir"));
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryPair, testing::ValuesIn(pairs()), [](const auto& info) {
  std::string name = info.param.marrow + "_under_" + info.param.effect;
  std::string clean;
  for (const char c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') clean += c;
  return clean;
});

}  // namespace
}  // namespace nadir

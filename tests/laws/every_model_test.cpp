// What must hold for every registered model, without a line of test code of its own.
#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <cctype>
#include <cmath>
#include <filesystem>

#include "sim/population/covariates.hpp"
#include "tests/support/bdf.hpp"
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
  std::vector<double> rates(const std::vector<double>& x, const std::vector<double>& p) const {
    std::vector<double> result(x.size());
    model().rhs(x.data(), p.data(), {}, nullptr, result.data());
    return result;
  }
  /// The count after so many days from a state, by a solver that stiffness does not stop.
  double count_after(const std::vector<double>& x, const std::vector<double>& p, double days) const {
    struct {
      const MarrowModel& model;
      const std::vector<double>& p;
      void rates(double, const double* x, double* dx) { model.rhs(x, p.data(), {}, nullptr, dx); }
      void jacobian(double, const double* x, double* matrix) { model.jacobian(x, p.data(), {}, matrix); }
    } system{model(), p};
    std::vector<double> absolute;
    for (const StateRow& row : model().states) absolute.push_back(1e-12 * row.parsed.factor);
    Bdf solver(system, x, 1e-9, absolute);
    solver.restart(0.0, days);
    solver.advance(days);
    return model().count(solver.state(), p.data());
  }
  /// The slowest decay at rest [d].
  double slowest(const std::vector<double>& x, const std::vector<double>& p) const {
    const auto n = static_cast<Eigen::Index>(x.size());
    Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> matrix(n, n);
    model().jacobian(x.data(), p.data(), {}, matrix.data());
    return -1.0 / matrix.eigenvalues().real().maxCoeff();
  }
};

TEST_P(EveryMarrow, RestsAtItsRestState) {
  for (const ParameterSetView& set : model().sets) {
    const auto p = params(set);
    const auto x = rest(p), moving = rates(x, p);
    const double healthy = model().count(x.data(), p.data());
    // What a state gains and loses cancels to rounding; the size of one of the two is what its disturbance would cause.
    for (std::size_t i = 0; i < x.size(); ++i) {
      auto disturbed = x;
      disturbed[i] += 1e-6 * x[i];
      const double turnover = std::fabs(rates(disturbed, p)[i]) * 1e6;
      EXPECT_LE(std::fabs(moving[i]), 1e-12 * std::max(turnover, std::fabs(x[i])) + 1e-15)
          << set.name << " " << model().states[i].name;
    }
    const bool still = std::all_of(moving.begin(), moving.end(), [](double rate) { return rate == 0.0; });
    EXPECT_NEAR(count_after(x, p, 10000.0), healthy, still ? 0.0 : 1e-8 * healthy)
        << set.name << ": moved within 10,000 days";
  }
}

TEST_P(EveryMarrow, ComesHomeFromHalfAndFromDouble) {
  for (const ParameterSetView& set : model().sets) {
    const auto p = params(set);
    const auto healthy_state = rest(p);
    const double healthy = model().count(healthy_state.data(), p.data());
    const double decay = slowest(healthy_state, p);
    ASSERT_GT(decay, 0.0) << set.name << ": the rest state is not stable";
    for (const double factor : {0.5, 2.0}) {
      auto x = healthy_state;
      for (double& state : x) state *= factor;
      const double days = std::max(400.0, 12.0 * decay);
      EXPECT_NEAR(count_after(x, p, days), healthy, 1e-3 * healthy) << set.name << " from " << factor;
    }
  }
}

TEST_P(EveryMarrow, DifferentiatesItself) {
  const auto p = params(model().sets[0]);
  auto x = rest(p);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = x[i] == 0.0 ? 0.1 : x[i] * (1.0 + 0.1 * static_cast<double>(i % 3));
  const std::size_t n = x.size();
  std::vector<double> matrix(n * n), up(n), down(n);
  const Ports<double> ports{.suppression = 0.3};
  model().jacobian(x.data(), p.data(), ports, matrix.data());
  for (std::size_t column = 0; column < n; ++column) {
    const double h = 1e-6 * x[column];
    auto shifted = x;
    shifted[column] = x[column] + h;
    model().rhs(shifted.data(), p.data(), ports, nullptr, up.data());
    shifted[column] = x[column] - h;
    model().rhs(shifted.data(), p.data(), ports, nullptr, down.data());
    for (std::size_t row = 0; row < n; ++row) {
      const double size = std::max({1.0, std::fabs(matrix[row * n + column]), std::fabs(up[row]) / x[column] * 1e-3});
      EXPECT_NEAR(matrix[row * n + column], (up[row] - down[row]) / (2 * h), 1e-6 * size) << row << "," << column;
    }
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

// --- drugs that a marrow hosts
// ---------------------------------------------------------------------------------------

struct Hosted {
  std::string marrow, drug;
};

std::vector<Hosted> hosted_drugs() {
  std::vector<Hosted> list;
  for (const MarrowModel& marrow : registry().marrows)
    for (const KineticsModel& drug : marrow.drugs) list.push_back({std::string(marrow.id), std::string(drug.drug)});
  return list;
}

void PrintTo(const Hosted& hosted, std::ostream* stream) { *stream << hosted.drug << " in " << hosted.marrow; }

class EveryHostedDrug : public testing::TestWithParam<Hosted> {
 protected:
  const MarrowModel& marrow() const { return *registry().marrow(GetParam().marrow); }
  Dataset run_with(const std::string& dose, int patients, const std::string& rest = "") const {
    const std::string drug =
        dose.empty() ? "" : treatment({GetParam().drug, "\"" + GetParam().marrow + "\"", "", dose, rest});
    return run(plan_of(population(GetParam().marrow, "", "", patients) + drug));
  }
};

TEST_P(EveryHostedDrug, KeepsCountsAndConcentrationsPositiveAndFinite) {
  const Dataset dataset = run_with("300 ug", 50, "days = [0, 1, 2, 7]\n");
  for (const float v : values<float>(dataset, std::string(marrow().signal.name))) ASSERT_GT(v, 0.0f);
  for (const float v : values<float>(dataset, GetParam().drug)) ASSERT_GE(v, 0.0f);
  for (const std::int8_t s : values<std::int8_t>(dataset, "status")) ASSERT_EQ(s, 0);
}

TEST_P(EveryHostedDrug, DoesNothingAtADoseOfZero) {
  const std::string count(marrow().signal.name);
  EXPECT_EQ(values<float>(run_with("", 5), count), values<float>(run_with("0 ug", 5), count));
}

TEST_P(EveryHostedDrug, TakesAShortInfusionAsADoseGivenAtOnce) {
  const std::string count(marrow().signal.name);
  const auto at_once = values<float>(run_with("300 ug", 3), count);
  const auto infused = values<float>(run_with("300 ug", 3, "duration = \"1 s\"\n"), count);
  for (std::size_t i = 0; i < at_once.size(); ++i) EXPECT_NEAR(infused[i], at_once[i], 2e-4f * at_once[i]);
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryHostedDrug, testing::ValuesIn(hosted_drugs()),
                         [](const auto& info) { return info.param.drug + "_in_" + info.param.marrow; });

struct Pair {
  std::string marrow, effect;
};

std::vector<Pair> pairs() {
  std::vector<Pair> list;
  for (const MarrowModel& marrow : registry().marrows) {
    for (const EffectModel& effect : registry().effects) {
      if (effect.lineage != marrow.lineage || !marrow.honours_suppression()) continue;
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

#include "sim/population/population.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/scenarios.hpp"

namespace nadir {
namespace {

using namespace test;

TEST(Spread, IsTurnedIntoTheStandardDeviationOfTheLogarithm) {
  EXPECT_EQ(omega_of(omega(0.42)), 0.42);
  EXPECT_DOUBLE_EQ(omega_of(omega2(0.0639703)), std::sqrt(0.0639703));
  EXPECT_NEAR(omega_of(cv(0.294)), std::sqrt(std::log(1 + 0.294 * 0.294)), 1e-15);
  EXPECT_EQ(omega_of(fixed()), 0.0);
}

TEST(BodySurface, FollowsMostellerAndDuBois) {
  EXPECT_NEAR(mosteller(180, 80), 2.0, 1e-12);
  EXPECT_NEAR(dubois(170, 70), 0.007184 * std::pow(170, 0.725) * std::pow(70, 0.425), 1e-12);
}

const std::string marrow = "[[marrow]]\nmodel = \"netterberg2017\"\n";

/// Individual values of a parameter in a population.
std::vector<double> sampled(const std::string& more, const std::string& parameter, int patients = 20000) {
  const Plan plan = plan_of("format = 1\n[ensemble]\npatients = 1\n[time]\nend = \"1 d\"\n" + more);
  std::vector<double> values;
  std::size_t index = 0;
  while (plan.population.parameters.at(index).name != parameter) ++index;
  for (int i = 0; i < patients; ++i)
    values.push_back(make_subject(plan, i).parameters[0][index] / plan.population.parameters[index].row->parsed.factor);
  return values;
}

struct Moments {
  double mean, sd;
};

Moments moments(const std::vector<double>& x, double (*of)(double)) {
  double sum = 0.0, squares = 0.0;
  for (const double v : x) sum += of(v);
  for (const double v : x) squares += std::pow(of(v) - sum / x.size(), 2);
  return {sum / x.size(), std::sqrt(squares / (x.size() - 1))};
}

double identity(double x) { return x; }
double logarithm(double x) { return std::log(x); }

TEST(Population, LogNormalParametersHaveThePublishedMedianAndSpread) {
  const Moments m = moments(sampled(marrow, "netterberg2017.mtt"), logarithm);
  const double sd = std::sqrt(0.0191785);
  EXPECT_NEAR(m.mean, std::log(84.1791), 5 * sd / std::sqrt(20000));
  EXPECT_NEAR(m.sd, sd, 5 * sd / std::sqrt(2 * 20000));
}

TEST(Population, NormalParametersHaveTheGivenSpread) {
  const Moments m =
      moments(sampled(marrow + "mtt = { value = \"100 h\", sd = \"5 h\" }\n", "netterberg2017.mtt"), identity);
  EXPECT_NEAR(m.mean, 100.0, 5 * 5.0 / std::sqrt(20000));
  EXPECT_NEAR(m.sd, 5.0, 5 * 5.0 / std::sqrt(2 * 20000));
}

TEST(Population, FixedParametersAreTheSameForAll) {
  for (const double v : sampled(marrow, "netterberg2017.gamma", 50)) EXPECT_DOUBLE_EQ(v, 0.144543);
}

TEST(Population, CorrelatedParametersCorrelateAndKeepTheirSpread) {
  const std::string text =
      marrow + "[[correlation]]\nbetween = [\"netterberg2017.circ0\", \"netterberg2017.mtt\"]\nr = 0.6\n";
  const auto a = sampled(text, "netterberg2017.circ0"), b = sampled(text, "netterberg2017.mtt");
  const Moments ma = moments(a, logarithm), mb = moments(b, logarithm);
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (std::log(a[i]) - ma.mean) * (std::log(b[i]) - mb.mean);
  EXPECT_NEAR(sum / (a.size() - 1) / (ma.sd * mb.sd), 0.6, 4 / std::sqrt(20000));
  EXPECT_NEAR(mb.sd, std::sqrt(0.0191785), 5 * std::sqrt(0.0191785) / std::sqrt(2 * 20000));
}

TEST(Population, AChangedSpreadMovesNoOtherDraw) {
  const auto before = sampled(marrow, "netterberg2017.mtt", 50);
  EXPECT_EQ(before, sampled(marrow + "gamma = { cv = 0.3 }\n", "netterberg2017.mtt", 50));
}

TEST(Population, WithoutVariabilityIsTypical) {
  const Plan plan = plan_of("format = 1\n[ensemble]\nvariability = false\n[time]\nend = \"1 d\"\n" + marrow);
  EXPECT_EQ(make_subject(plan, 0).parameters, make_subject(plan, 99).parameters);
}

TEST(Cholesky, RefusesCorrelationsThatCannotHold) {
  EXPECT_TRUE(cholesky(std::vector<double>{1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1}, 3).empty());
  const auto lower = cholesky(std::vector<double>{1, 0.5, 0.5, 1}, 2);
  EXPECT_DOUBLE_EQ(lower[2], 0.5);
  EXPECT_DOUBLE_EQ(lower[3], std::sqrt(0.75));
}

TEST(Cohort, DrawsByConditionAndKeepsToItsBounds) {
  Cohort cohort;
  const auto at = [](const char* name) { return static_cast<std::size_t>(covariate_index(name)); };
  using enum CovariateRule::Distribution;
  cohort.rules = {{.covariate = at("sexf"), .distribution = bernoulli, .mean = 0.4},
                  {.covariate = at("ht"),
                   .given = covariate_index("sexf"),
                   .given_value = 1.0,
                   .distribution = normal,
                   .mean = 162,
                   .sd = 7,
                   .low = 150,
                   .high = 175},
                  {.covariate = at("ht"), .distribution = normal, .mean = 176, .sd = 7, .low = 155, .high = 200},
                  {.covariate = at("wt"), .distribution = lognormal, .mean = 75, .sd = 0.2, .low = 40, .high = 150},
                  {.covariate = at("bsa"), .distribution = CovariateRule::Distribution::mosteller},
                  {.covariate = at("ecog"), .distribution = choice, .values = {0, 1, 2}, .weights = {5, 4, 1}}};
  cohort.pairs = {{at("ht"), at("wt"), 0.5}};
  cohort.prepare(9);
  constexpr int size = 20000;
  double women = 0.0, products = 0.0, fit = 0.0;
  for (int i = 0; i < size; ++i) {
    const Covariates person = cohort.draw(i);
    const bool woman = person[at("sexf")] == 1.0;
    women += woman;
    fit += person[at("ecog")] == 0.0;
    EXPECT_GE(person[at("ht")], woman ? 150 : 155);
    EXPECT_LE(person[at("ht")], woman ? 175 : 200);
    EXPECT_NEAR(person[at("bsa")], nadir::mosteller(person[at("ht")], person[at("wt")]), 1e-12);
    products += (person[at("ht")] - (woman ? 162 : 176)) / 7 * std::log(person[at("wt")] / 75) / 0.2;
  }
  EXPECT_NEAR(women / size, 0.4, 5 * std::sqrt(0.24 / size));
  EXPECT_NEAR(fit / size, 0.5, 5 * 0.5 / std::sqrt(size));
  EXPECT_GT(products / size, 0.4);
}

}  // namespace
}  // namespace nadir

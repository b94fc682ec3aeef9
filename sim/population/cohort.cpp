#include "sim/population/cohort.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/math/elementary.hpp"
#include "sim/random/distribution.hpp"
#include "sim/random/stream.hpp"

namespace nadir {

namespace {

constexpr auto height_index = static_cast<std::size_t>(covariate_index("ht"));
constexpr auto weight_index = static_cast<std::size_t>(covariate_index("wt"));

/// The uniform draw behind a covariate; paired ones share part of their normal draw with the first of the pair.
double uniform_draw(const Cohort& cohort, std::size_t covariate, std::uint64_t seed, std::uint64_t patient) {
  const auto name = [](std::size_t i) { return "covariate." + std::string(known_covariates[i].name); };
  for (const CovariatePair& pair : cohort.pairs) {
    if (pair.second != covariate) continue;
    const double shared = Stream(seed, name(pair.first)).normal(patient);
    const double own = Stream(seed, name(covariate)).normal(patient);
    return normal_cdf(pair.r * shared + std::sqrt(1.0 - pair.r * pair.r) * own);
  }
  return Stream(seed, name(covariate)).uniform(patient);
}

double value(const CovariateRule& rule, double u, const Covariates& person) {
  using enum CovariateRule::Distribution;
  switch (rule.distribution) {
    case fixed:
      return rule.mean;
    case normal:
      return truncated_normal(u, rule.mean, rule.sd, rule.low, rule.high);
    case lognormal: {
      const auto bound = [&](double x) { return log(std::max(x, 1e-300)); };
      return exp(truncated_normal(u, log(rule.mean), rule.sd, bound(rule.low), bound(rule.high)));
    }
    case uniform:
      return rule.low + u * (rule.high - rule.low);
    case bernoulli:
      return u < rule.mean ? 1.0 : 0.0;
    case choice:
      return rule.values[choice_index(u, rule.weights)];
    case mosteller:
      return nadir::mosteller(person[height_index], person[weight_index]);
    case dubois:
      return nadir::dubois(person[height_index], person[weight_index]);
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

double mosteller(double height, double weight) { return std::sqrt(height * weight / 3600.0); }

double dubois(double height, double weight) { return 0.007184 * pow(height, 0.725) * pow(weight, 0.425); }

Covariates Cohort::draw(std::uint64_t seed, std::uint64_t index) const {
  Covariates person;
  person.fill(std::numeric_limits<double>::quiet_NaN());
  for (const CovariateRule& rule : rules) {
    if (!std::isnan(person[rule.covariate])) continue;
    if (rule.given >= 0 && person[static_cast<std::size_t>(rule.given)] != rule.given_value) continue;
    person[rule.covariate] = value(rule, uniform_draw(*this, rule.covariate, seed, index), person);
  }
  return person;
}

}  // namespace nadir

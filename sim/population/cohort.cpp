#include "sim/population/cohort.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/math/elementary.hpp"

namespace nadir {

namespace {

constexpr auto height_index = static_cast<std::size_t>(covariate_index("ht"));
constexpr auto weight_index = static_cast<std::size_t>(covariate_index("wt"));

std::string stream_of(std::size_t covariate) { return "covariate." + std::string(known_covariates[covariate].name); }

std::optional<TruncatedNormal> truncated(const CovariateRule& rule) {
  using enum CovariateRule::Distribution;
  if (rule.distribution == normal) return TruncatedNormal(rule.mean, rule.sd, rule.low, rule.high);
  if (rule.distribution != lognormal) return {};
  const auto bound = [](double x) { return log(std::max(x, 1e-300)); };
  return TruncatedNormal(log(rule.mean), rule.sd, bound(rule.low), bound(rule.high));
}

}  // namespace

double mosteller(double height, double weight) { return std::sqrt(height * weight / 3600.0); }

double dubois(double height, double weight) { return 0.007184 * pow(height, 0.725) * pow(weight, 0.425); }

void Cohort::prepare(std::uint64_t seed) {
  sources_.clear();
  for (const CovariateRule& rule : rules) {
    Source source{.own = {seed, stream_of(rule.covariate)}, .truncated = truncated(rule)};
    const auto pair = std::find_if(pairs.begin(), pairs.end(),
                                   [&](const CovariatePair& each) { return each.second == rule.covariate; });
    if (pair != pairs.end()) {
      source.shared.emplace(seed, stream_of(pair->first));
      source.r = pair->r;
      source.rest = std::sqrt(1.0 - pair->r * pair->r);
    }
    sources_.push_back(source);
  }
}

double Cohort::Source::uniform(std::uint64_t patient) const {
  if (!shared) return own.uniform(patient);
  return normal_cdf(r * shared->normal(patient) + rest * own.normal(patient));
}

double Cohort::value(std::size_t number, std::uint64_t patient, const Covariates& person) const {
  const CovariateRule& rule = rules[number];
  const Source& source = sources_[number];
  using enum CovariateRule::Distribution;
  switch (rule.distribution) {
    case fixed:
      return rule.mean;
    case normal:
      return source.truncated->quantile(source.uniform(patient));
    case lognormal:
      return exp(source.truncated->quantile(source.uniform(patient)));
    case uniform:
      return rule.low + source.uniform(patient) * (rule.high - rule.low);
    case bernoulli:
      return source.uniform(patient) < rule.mean ? 1.0 : 0.0;
    case choice:
      return rule.values[choice_index(source.uniform(patient), rule.weights)];
    case mosteller:
      return nadir::mosteller(person[height_index], person[weight_index]);
    case dubois:
      return nadir::dubois(person[height_index], person[weight_index]);
  }
  return std::numeric_limits<double>::quiet_NaN();
}

Covariates Cohort::draw(std::uint64_t index) const {
  Covariates person;
  person.fill(std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const CovariateRule& rule = rules[i];
    if (!std::isnan(person[rule.covariate])) continue;
    if (rule.given >= 0 && person[static_cast<std::size_t>(rule.given)] != rule.given_value) continue;
    person[rule.covariate] = value(i, index, person);
  }
  return person;
}

}  // namespace nadir

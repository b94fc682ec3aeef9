#pragma once
/// Who the virtual patients are: rules by which covariates are drawn.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/population/covariates.hpp"
#include "sim/random/distribution.hpp"
#include "sim/random/stream.hpp"

namespace nadir {

/// How one covariate is drawn. Of several rules for a covariate the first whose condition holds is used.
struct CovariateRule {
  enum class Distribution { fixed, normal, lognormal, uniform, bernoulli, choice, mosteller, dubois };

  std::size_t covariate = 0;  ///< index in known_covariates
  int given = -1;             ///< covariate of the condition, −1: none
  double given_value = 0.0;   ///< the rule holds when that covariate has this value
  Distribution distribution = Distribution::fixed;
  double mean = 0.0;  ///< fixed: the value; lognormal: the median; bernoulli: the probability; uniform: unused
  double sd = 0.0;    ///< lognormal: of the logarithm
  double low = 0.0, high = 0.0;  ///< truncation, or the bounds of the uniform; from known_covariates when not given
  std::vector<double> values, weights;  ///< choice
  std::string source;
};

/// Two covariates whose underlying normal draws correlate.
struct CovariatePair {
  std::size_t first = 0, second = 0;
  double r = 0.0;
};

class Cohort {
 public:
  std::string title;
  std::string file;                  ///< where it was read; empty: none given
  std::vector<CovariateRule> rules;  ///< in the order in which they are drawn
  std::vector<CovariatePair> pairs;

  /// Prepares the draws of a seed; call once after the fields are set.
  void prepare(std::uint64_t seed);

  /// The covariates of patient `index`: a function of seed and index. Those without a rule are NaN.
  Covariates draw(std::uint64_t index) const;

 private:
  /// What a rule draws from, the same for all patients.
  struct Source {
    Stream own;
    std::optional<Stream> shared;  ///< of the first covariate of the pair, if there is one
    double r = 0.0, rest = 1.0;    ///< weights of the shared and of the own normal draw
    std::optional<TruncatedNormal> truncated;

    double uniform(std::uint64_t patient) const;
  };
  double value(std::size_t rule, std::uint64_t patient, const Covariates& person) const;

  std::vector<Source> sources_;  // by rule
};

/// Body surface area [m²] from height [cm] and weight [kg]. Mosteller, N Engl J Med 317:1098 (1987).
double mosteller(double height, double weight);

/// Body surface area [m²] from height [cm] and weight [kg]. Du Bois and Du Bois, Arch Intern Med 17:863 (1916).
double dubois(double height, double weight);

}  // namespace nadir

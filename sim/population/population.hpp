#pragma once
/// From typical values to individuals: covariates, then spread between patients. A patient is a function of (scenario,
/// seed, index); what is drawn is keyed by the parameter's name, so that adding a parameter moves no other draw.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/model/assembly.hpp"
#include "sim/population/cohort.hpp"
#include "sim/random/stream.hpp"

namespace nadir {

/// One parameter of one component in a scenario.
struct Parameter {
  std::string name;  ///< "netterberg2017.mtt"
  const ParamRow* row = nullptr;
  double typical = 0.0;  ///< as the user sees it, in the unit of the row
  Spread spread;
  bool given_by_user = false;  ///< typical or spread differ from the published set
};

/// Standard deviation of the logarithm of a log-normal spread; for a normal spread its standard deviation.
double omega_of(const Spread& spread);

/// Parameters whose random draws correlate: rows of the Cholesky factor act on independent draws.
struct CorrelationBlock {
  std::vector<std::size_t> parameters;
  std::vector<double> factor;  ///< lower triangular, row-major
};

/// Cholesky factor of a correlation matrix (row-major, n×n); empty when it is not positive definite.
std::vector<double> cholesky(std::span<const double> correlation, std::size_t n);

class Population {
 public:
  std::uint64_t seed = 0;
  bool variable = true;  ///< false: everyone has the typical values
  Cohort cohort;
  std::vector<Parameter> parameters;  ///< in the order of the assembly's parameter vector
  std::vector<CorrelationBlock> blocks;

  /// Prepares what is the same for all patients, the cohort included; call once after the fields are set.
  void prepare(const Assembly& assembly);

  /// Standard normal draws of patient `index`, one a parameter; zero where the parameter is fixed.
  void draw(std::uint64_t index, std::vector<double>& draws) const;

  /// Individual parameters in internal units: typical values, covariate effects, then the draws.
  void individual(const Covariates& person, std::span<const double> draws, std::vector<double>& values) const;

 private:
  /// A parameter that differs between patients.
  struct Varying {
    std::size_t parameter;
    Stream stream;
    double omega;
    bool normal;    ///< else log-normal
    double factor;  ///< of a normal spread, to internal units
  };
  /// What covariates do to the parameters of one component.
  struct CovariateEffect {
    struct Reading {
      std::size_t covariate;
      double reference;
    };
    void (*individualise)(double* params, const double* covariates);
    std::size_t params;
    std::vector<Reading> readings;
  };

  std::vector<double> typical_;  // in internal units
  std::vector<Varying> varying_;
  std::vector<CovariateEffect> effects_;
};

}  // namespace nadir

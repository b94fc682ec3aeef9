#include "sim/population/population.hpp"

#include <Eigen/Dense>
#include <array>
#include <cmath>
#include <utility>

#include "sim/math/elementary.hpp"

namespace nadir {

double omega_of(const Spread& spread) {
  switch (spread.kind) {
    case Spread::Kind::fixed:
      return 0.0;
    case Spread::Kind::omega:
    case Spread::Kind::normal:
      return spread.size;
    case Spread::Kind::omega2:
      return std::sqrt(spread.size);
    case Spread::Kind::cv:
      return std::sqrt(log(1.0 + spread.size * spread.size));
  }
  return 0.0;
}

std::vector<double> cholesky(std::span<const double> correlation, std::size_t n) {
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const auto size = static_cast<Eigen::Index>(n);
  const Eigen::LLT<Matrix> llt(Eigen::Map<const Matrix>(correlation.data(), size, size));
  if (llt.info() != Eigen::Success) return {};
  const Matrix lower = llt.matrixL();
  return {lower.data(), lower.data() + n * n};
}

void Population::prepare(const Assembly& assembly) {
  cohort.prepare(seed);
  typical_.clear();
  varying_.clear();
  effects_.clear();
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Parameter& parameter = parameters[i];
    const double factor = parameter.row->parsed.factor;
    typical_.push_back(parameter.typical * factor);
    if (parameter.spread.kind == Spread::Kind::fixed) continue;
    varying_.push_back(
        {i, {seed, parameter.name}, omega_of(parameter.spread), parameter.spread.kind == Spread::Kind::normal, factor});
  }
  for (const Slot& slot : assembly.slots) {
    if (slot.model->individualise == nullptr) continue;
    CovariateEffect effect{slot.model->individualise, slot.params, {}};
    for (const CovariateRow& row : slot.model->covariates)
      effect.readings.push_back({static_cast<std::size_t>(covariate_index(row.name)), row.reference});
    effects_.push_back(std::move(effect));
  }
}

void Population::draw(std::uint64_t index, std::vector<double>& draws) const {
  draws.assign(parameters.size(), 0.0);
  if (!variable) return;
  for (const Varying& each : varying_) draws[each.parameter] = each.stream.normal(index);
  for (const CorrelationBlock& block : blocks) {
    // From the last row up, so that each row still finds the independent draws before it.
    const std::size_t n = block.parameters.size();
    for (std::size_t row = n; row-- > 0;) {
      double sum = 0.0;
      for (std::size_t column = 0; column <= row; ++column)
        sum += block.factor[row * n + column] * draws[block.parameters[column]];
      draws[block.parameters[row]] = sum;
    }
  }
}

void Population::individual(const Covariates& person, std::span<const double> draws,
                            std::vector<double>& values) const {
  values = typical_;
  for (const CovariateEffect& effect : effects_) {
    std::array<double, known_covariates.size()> read;
    for (std::size_t i = 0; i < effect.readings.size(); ++i) {
      const double known = person[effect.readings[i].covariate];
      read[i] = std::isnan(known) ? effect.readings[i].reference : known;
    }
    effect.individualise(&values[effect.params], read.data());
  }
  for (const Varying& each : varying_) {
    const double draw = draws[each.parameter];
    if (draw == 0.0) continue;
    double& value = values[each.parameter];
    if (each.normal) {
      value += each.omega * draw * each.factor;
    } else {
      value *= exp(each.omega * draw);
    }
  }
}

}  // namespace nadir

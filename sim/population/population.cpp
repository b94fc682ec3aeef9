#include "sim/population/population.hpp"

#include <Eigen/Dense>
#include <cmath>

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

void Population::prepare() {
  streams_.clear();
  omegas_.clear();
  for (const Parameter& parameter : parameters) {
    streams_.emplace_back(seed, parameter.name);
    omegas_.push_back(omega_of(parameter.spread));
  }
}

std::vector<double> Population::draws(std::uint64_t index) const {
  std::vector<double> z(parameters.size(), 0.0);
  if (!variable) return z;
  for (std::size_t i = 0; i < z.size(); ++i)
    if (parameters[i].spread.kind != Spread::Kind::fixed) z[i] = streams_[i].normal(index);
  for (const CorrelationBlock& block : blocks) {
    const std::size_t n = block.parameters.size();
    std::vector<double> independent;
    for (const std::size_t i : block.parameters) independent.push_back(z[i]);
    for (std::size_t row = 0; row < n; ++row) {
      double sum = 0.0;
      for (std::size_t column = 0; column <= row; ++column) sum += block.factor[row * n + column] * independent[column];
      z[block.parameters[row]] = sum;
    }
  }
  return z;
}

std::vector<double> Population::individual(const Assembly& assembly, const Covariates& person,
                                           std::span<const double> draws) const {
  std::vector<double> values;
  values.reserve(parameters.size());
  for (const Parameter& parameter : parameters) values.push_back(parameter.typical * parameter.row->parsed.factor);
  for (const Slot& slot : assembly.slots) {
    if (slot.model->individualise == nullptr) continue;
    std::vector<double> read;
    for (const CovariateRow& row : slot.model->covariates) {
      const double known = person[static_cast<std::size_t>(covariate_index(row.name))];
      read.push_back(std::isnan(known) ? row.reference : known);
    }
    slot.model->individualise(&values[slot.params], read.data());
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Spread::Kind kind = parameters[i].spread.kind;
    if (kind == Spread::Kind::fixed || draws[i] == 0.0) continue;
    if (kind == Spread::Kind::normal) {
      values[i] += omegas_[i] * draws[i] * parameters[i].row->parsed.factor;
    } else {
      values[i] *= exp(omegas_[i] * draws[i]);
    }
  }
  return values;
}

}  // namespace nadir

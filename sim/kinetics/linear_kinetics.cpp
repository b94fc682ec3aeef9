#include "sim/kinetics/linear_kinetics.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "sim/kinetics/convolve.hpp"
#include "sim/math/elementary.hpp"

namespace nadir {

namespace {

constexpr std::size_t index(int i) { return static_cast<std::size_t>(i); }

struct Modes {
  std::array<double, 3> lambda{};
  std::array<std::array<double, 3>, 3> vector{};  // mode, compartment
};

/// Eigenvalues and vectors of the first N compartments: central, peripheral1, peripheral2. `exchange` is with the
/// central one. A size known in advance takes no memory from the heap and half the time.
template <int N>
Modes decompose(const std::array<double, 3>& loss, const std::array<double, 3>& exchange) {
  Eigen::Matrix<double, N, N> symmetric = Eigen::Matrix<double, N, N>::Zero();
  for (int i = 0; i < N; ++i) symmetric(i, i) = loss[index(i)];
  for (int i = 1; i < N; ++i) symmetric(0, i) = symmetric(i, 0) = exchange[index(i)];
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix<double, N, N>> solver(symmetric);
  Modes modes;
  for (int mode = 0; mode < N; ++mode) {
    modes.lambda[index(mode)] = solver.eigenvalues()(mode);
    for (int i = 0; i < N; ++i) modes.vector[index(mode)][index(i)] = solver.eigenvectors()(i, mode);
  }
  return modes;
}

}  // namespace

LinearKinetics::LinearKinetics(const Mammillary<double>& k, Shape shape) : shape_(shape), ka_(k.ka) {
  // With y = D·amounts and D = diag(1, √(k21/k12), √(k31/k13)) the system matrix becomes symmetric.
  const std::size_t n = index(1 + shape.peripherals);
  const std::array<double, 3> out{0.0, k.k12, k.k13}, back{0.0, k.k21, k.k31};
  std::array<double, 3> scale{1.0, 1.0, 1.0};
  std::array<double, 3> loss{k.k10, k.k21, k.k31}, exchange{};
  for (std::size_t i = 1; i < n; ++i) {
    loss[0] += out[i];
    exchange[i] = -std::sqrt(out[i] * back[i]);
    scale[i] = std::sqrt(back[i] / out[i]);
  }
  const auto decomposed = n == 3 ? decompose<3> : n == 2 ? decompose<2> : decompose<1>;
  const Modes modes = decomposed(loss, exchange);
  lambda_ = modes.lambda;
  for (std::size_t mode = 0; mode < n; ++mode) {
    for (std::size_t i = 0; i < n; ++i) {
      into_[mode][i] = modes.vector[mode][i] * scale[i];
      out_of_[i][mode] = modes.vector[mode][i] / scale[i];
    }
  }
}

LinearKinetics::Modal LinearKinetics::modal(const Compartments& amounts, const Compartments& rates, double s) const {
  Modal result{};
  const std::size_t c = index(shape_.central());
  const std::size_t n = index(1 + shape_.peripherals);
  double depot_amount = 0.0, depot_rate = 0.0;
  if (shape_.depot) depot_amount = amounts[0], depot_rate = rates[0];
  const bool absorbing = depot_amount != 0.0 || depot_rate != 0.0;
  for (std::size_t mode = 0; mode < n; ++mode) {
    double start = 0.0, constant_input = into_[mode][0] * depot_rate;
    for (std::size_t i = 0; i < n; ++i) {
      start += into_[mode][i] * amounts[c + i];
      constant_input += into_[mode][i] * rates[c + i];
    }
    const double lambda = lambda_[mode];
    double value = start * exp(-lambda * s);
    if (constant_input != 0.0) value += constant_input * s * exp_ratio(-lambda * s);
    // The depot empties as ka·A₀·e^{−ka t} + rate·(1 − e^{−ka t}); its constant part is in constant_input already.
    if (absorbing) value += into_[mode][0] * (ka_ * depot_amount - depot_rate) * convolve(lambda, ka_, s);
    result.amount[mode] = value;
  }
  if (absorbing) result.depot = depot_amount * exp(-ka_ * s) + depot_rate * s * exp_ratio(-ka_ * s);
  return result;
}

double LinearKinetics::central(const Compartments& amounts, const Compartments& rates, double elapsed) const {
  const Modal modes = modal(amounts, rates, elapsed);
  double sum = 0.0;
  for (std::size_t mode = 0; mode < index(1 + shape_.peripherals); ++mode) sum += out_of_[0][mode] * modes.amount[mode];
  return sum;
}

Compartments LinearKinetics::propagate(const Compartments& amounts, const Compartments& rates, double elapsed) const {
  const Modal modes = modal(amounts, rates, elapsed);
  Compartments result{};
  const std::size_t c = index(shape_.central());
  const std::size_t n = index(1 + shape_.peripherals);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t mode = 0; mode < n; ++mode) result[c + i] += out_of_[i][mode] * modes.amount[mode];
  if (shape_.depot) result[0] = modes.depot;
  return result;
}

Compartments LinearKinetics::fixed_point(const Compartments& gained, double interval) const {
  const int n = shape_.compartments();
  constexpr int most = std::tuple_size_v<Compartments>;  // bounds known in advance take no memory from the heap
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, most, most> system(n, n);
  for (int j = 0; j < n; ++j) {
    Compartments unit{};
    unit[index(j)] = 1.0;
    const Compartments moved = propagate(unit, {}, interval);
    for (int i = 0; i < n; ++i) system(i, j) = (i == j ? 1.0 : 0.0) - moved[index(i)];
  }
  using Vector = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, most, 1>;
  const Vector x = system.partialPivLu().solve(Eigen::Map<const Vector>(gained.data(), n));
  Compartments result{};
  for (int i = 0; i < n; ++i) result[index(i)] = x(i);
  return result;
}

Compartments LinearKinetics::steady_state(const RepeatedDose& dose, double phase) const {
  const std::size_t target = index(dose.compartment);
  if (dose.interval == 0.0) {
    Compartments rates{};
    rates[target] = dose.rate;
    constexpr double any_time = 1.0;  // a constant infusion is steady over every interval
    return fixed_point(propagate({}, rates, any_time), any_time);
  }
  // Infusions longer than the interval overlap: `running` of them always, one more for `rest` days after each dose.
  const double running = std::floor(dose.duration / dose.interval * (1.0 + 1e-12));
  const double rest = std::max(0.0, dose.duration - running * dose.interval);
  const double rate = dose.duration > 0.0 ? dose.amount / dose.duration : 0.0;
  const auto advance = [&](Compartments x, double time) {
    Compartments high{}, low{};
    high[target] = (running + 1.0) * rate;
    low[target] = running * rate;
    if (dose.duration == 0.0) x[target] += dose.amount;
    x = propagate(x, high, std::min(time, rest));
    return time > rest ? propagate(x, low, time - rest) : x;
  };
  return advance(fixed_point(advance({}, dose.interval), dose.interval), phase);
}

}  // namespace nadir

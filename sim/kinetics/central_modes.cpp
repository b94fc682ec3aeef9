#include <algorithm>
#include <cmath>

#include "sim/kinetics/convolve.hpp"
#include "sim/kinetics/linear_kinetics.hpp"

namespace nadir {

CentralModes::Step CentralModes::step(double elapsed) const {
  Step step;
  for (std::size_t m = 0; m < static_cast<std::size_t>(modes); ++m) {
    step.decay[m] = exp(-rate[m] * elapsed);
    if (coupling[m] != 0.0) step.gain[m] = coupling[m] * convolve(rate[m], ka, elapsed);
  }
  if (ka != 0.0) step.emptying = exp(-ka * elapsed);
  return step;
}

void CentralModes::advance(const Step& step) {
  for (std::size_t m = 0; m < static_cast<std::size_t>(modes); ++m)
    amount[m] = amount[m] * step.decay[m] + absorbing * step.gain[m];
  absorbing *= step.emptying;
}

double CentralModes::central() const {
  double sum = steady;
  for (std::size_t m = 0; m < static_cast<std::size_t>(modes); ++m) sum += amount[m];
  return sum;
}

bool CentralModes::empty() const { return steady == 0.0 && absorbing == 0.0 && amount == std::array<double, 3>{}; }

CentralModes LinearKinetics::central_modes(const Compartments& amounts, const Compartments& rates) const {
  CentralModes result{.modes = 1 + shape_.peripherals, .rate = lambda_};
  const auto c = static_cast<std::size_t>(shape_.central());
  const auto n = static_cast<std::size_t>(result.modes);
  const double depot_rate = shape_.depot ? rates[0] : 0.0;
  for (std::size_t mode = 0; mode < n; ++mode) {
    double start = 0.0, input = into_[mode][0] * depot_rate;
    for (std::size_t i = 0; i < n; ++i) {
      start += into_[mode][i] * amounts[c + i];
      input += into_[mode][i] * rates[c + i];
    }
    const double steady = input / lambda_[mode];
    result.amount[mode] = out_of_[0][mode] * (start - steady);
    result.steady += out_of_[0][mode] * steady;
    if (shape_.depot) result.coupling[mode] = out_of_[0][mode] * into_[mode][0] * ka_;
  }
  if (shape_.depot) {
    result.ka = ka_;
    result.absorbing = amounts[0] - depot_rate / ka_;
  }
  return result;
}

}  // namespace nadir

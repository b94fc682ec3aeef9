#pragma once
/// A marrow driven along a course that is chosen beforehand: its equations as they are, and a forcing added to each.

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "sim/model/component.hpp"
#include "sim/model/readings/recorded.hpp"

namespace nadir::test {

/// Each state goes as scale·(1 + 0.1·sin(ωt + φ)), which needs the forcing X′(t) − f(X(t)). It is periodic, so it is
/// known as a trigonometric series; its coefficients come from the equations in plain numbers, the solution from what
/// was written down. The two share no operation. Two more states are the sine and cosine of ωt.
///
/// Only one of these can be in use at a time: the equations of a model are plain functions.
class ForcedMarrow {
 public:
  static constexpr double omega = 2.0 * std::numbers::pi / 5.0;  // 1/d

  explicit ForcedMarrow(const MarrowModel& base) : base_(base) {
    current_ = this;
    for (const ParamRow& row : base.params)
      parameters_.push_back(base.sets[0].values[row.index].value * row.parsed.factor);
    scale_.resize(base.states.size());
    base.rest(parameters_.data(), scale_.data());
    for (std::size_t i = 0; i < scale_.size(); ++i)
      if (scale_[i] == 0.0) scale_[i] = base.states[i].parsed.factor;  // empty at rest: one unit
    expand_forcing();
    forced_ = base;
    forced_.states.resize(base.states.size() + 2, {"wave", "1", unit_of("1"), "sine or cosine of time"});
    forced_.recorded.rhs = [](const Recorded* x, const Recorded* p, const Ports<Recorded>&, const Recorded* inputs,
                              Recorded* dx) { current_->rates(x, p, inputs, dx); };
  }
  ForcedMarrow(const ForcedMarrow&) = delete;
  ForcedMarrow& operator=(const ForcedMarrow&) = delete;
  ~ForcedMarrow() { current_ = nullptr; }

  const MarrowModel& model() const { return forced_; }
  const std::vector<double>& parameters() const { return parameters_; }
  double scale(std::size_t state) const { return state < scale_.size() ? scale_[state] : 1.0; }

  /// The course, of all states.
  std::vector<double> at(double t) const {
    std::vector<double> x;
    for (std::size_t i = 0; i < scale_.size(); ++i)
      x.push_back(scale_[i] * (1.0 + 0.1 * std::sin(omega * t + static_cast<double>(i))));
    x.push_back(std::sin(omega * t));
    x.push_back(std::cos(omega * t));
    return x;
  }

 private:
  static constexpr std::size_t points = 40, harmonics = 12;
  static constexpr double suppression = 0.2;  // of division

  struct Wave {
    double cosine[harmonics + 1] = {}, sine[harmonics + 1] = {};
  };

  void expand_forcing() {
    const std::size_t n = scale_.size();
    waves_.assign(n, {});
    std::vector<double> rates(n);
    const std::vector<double> none(n, 0.0);
    for (std::size_t point = 0; point < points; ++point) {
      const double angle = 2.0 * std::numbers::pi * static_cast<double>(point) / points;
      base_.rhs(at(angle / omega).data(), parameters_.data(), {suppression}, none.data(), rates.data());
      for (std::size_t i = 0; i < n; ++i) {
        const double slope = 0.1 * scale_[i] * omega * std::cos(angle + static_cast<double>(i));
        for (std::size_t k = 0; k <= harmonics; ++k) {
          const double weight = (k == 0 ? 1.0 : 2.0) / points * (slope - rates[i]);
          waves_[i].cosine[k] += weight * std::cos(static_cast<double>(k) * angle);
          waves_[i].sine[k] += weight * std::sin(static_cast<double>(k) * angle);
        }
      }
    }
  }

  void rates(const Recorded* x, const Recorded* p, const Recorded* inputs, Recorded* dx) const {
    const std::size_t n = scale_.size();
    base_.recorded.rhs(x, p, {suppression}, inputs, dx);
    const Recorded sine = x[n], cosine = x[n + 1];
    Recorded s = sine, c = cosine;
    for (std::size_t i = 0; i < n; ++i) dx[i] = dx[i] + waves_[i].cosine[0];
    for (std::size_t k = 1; k <= harmonics; ++k) {
      for (std::size_t i = 0; i < n; ++i) dx[i] = dx[i] + (waves_[i].cosine[k] * c + waves_[i].sine[k] * s);
      const Recorded next = s * cosine + c * sine;  // of the sum of the angles
      c = c * cosine - s * sine;
      s = next;
    }
    dx[n] = omega * cosine;
    dx[n + 1] = -omega * sine;
  }

  static inline const ForcedMarrow* current_ = nullptr;
  const MarrowModel& base_;
  MarrowModel forced_;
  std::vector<double> parameters_, scale_;
  std::vector<Wave> waves_;
};

}  // namespace nadir::test

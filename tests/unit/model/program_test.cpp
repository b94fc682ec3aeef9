// The written-down equations of every marrow, and their derivatives, against the equations in plain numbers.
#include "sim/model/program.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/lanes/kernels.hpp"
#include "tests/support/felt_drug.hpp"

namespace nadir {
namespace {

using namespace test;

class ProgramOfMarrow : public testing::TestWithParam<std::string> {
 protected:
  ProgramOfMarrow()
      : plan_(plan_of(felt_scenario(*registry().marrow(GetParam()), 1.0, ""))),
        subject_(make_subject(plan_, 0)),
        program_(plan_.assembly, Derivatives::yes),
        memory_(static_cast<std::size_t>(program_.rows())),
        states_(plan_.assembly.states()),
        inputs_(states_.size()),
        amounts_(plan_.assembly.drugs.size()) {
    plan_.assembly.rest(parameters(), states_);
    for (std::size_t i = 0; i < states_.size(); ++i) {
      const double other = 1.0 + 0.1 * static_cast<double>(i % 5);
      states_[i] = states_[i] == 0.0 ? 0.3 * other * plan_.assembly.scales()[i] : states_[i] * other;
      inputs_[i] = 0.01 * static_cast<double>(i) * plan_.assembly.scales()[i];
    }
    for (std::size_t d = 0; d < amounts_.size(); ++d) amounts_[d] = 2.0 + static_cast<double>(d);
  }

  std::span<const double> parameters() const { return subject_.parameters[0]; }
  double row(int number) const { return memory_[static_cast<std::size_t>(number)][3]; }

  void evaluate() {
    constexpr int lane = 3;
    std::vector<double> room;
    program_.place_constants(parameters(), inputs_, memory_[0].x, lane, room);
    const lanes::Code& code = program_.code();
    for (int s = 0; s < code.states; ++s)
      memory_[static_cast<std::size_t>(code.first_state() + s)][lane] = states_[static_cast<std::size_t>(s)];
    for (std::size_t d = 0; d < amounts_.size(); ++d)
      if (program_.drug_row(d) >= 0) memory_[static_cast<std::size_t>(program_.drug_row(d))][lane] = amounts_[d];
    lanes::kernels().evaluate(code.body, code.instructions, memory_[0].x);
    lanes::kernels().evaluate(program_.implicit().body, program_.implicit().instructions, memory_[0].x);
  }

  std::vector<double> rates() const {
    std::vector<double> list(states_.size());
    plan_.assembly.rhs<double>(states_.data(), parameters(), amounts_, inputs_, list.data());
    return list;
  }

  Plan plan_;
  Subject subject_;
  Program program_;
  std::vector<lanes::Row> memory_;
  std::vector<double> states_, inputs_, amounts_;
};

TEST_P(ProgramOfMarrow, GivesTheRatesAndTheCountOfTheEquations) {
  evaluate();
  const std::vector<double> expected = rates();
  const lanes::Code& code = program_.code();
  for (std::size_t s = 0; s < expected.size(); ++s) {
    const double size = std::fabs(expected[s]) + 1e3 * std::fabs(states_[s]);
    EXPECT_NEAR(row(code.rates[s]), expected[s], 1e-13 * size) << s;
  }
  const double count = plan_.assembly.marrows[0].model->count(states_.data(), parameters().data());
  EXPECT_NEAR(row(code.signals[0]), count, 1e-15 * count);
}

TEST_P(ProgramOfMarrow, HasTheDerivativesOfTheEquations) {
  evaluate();
  const lanes::Code& code = program_.code();
  const auto n = static_cast<std::size_t>(code.states);
  std::vector<double> matrix(n * (n + amounts_.size()), 0.0), seen(matrix.size(), 0.0);
  for (int i = 0; i < program_.implicit().derivative_count; ++i) {
    const lanes::Derivative& derivative = program_.implicit().derivatives[i];
    seen[static_cast<std::size_t>(derivative.by) * n + static_cast<std::size_t>(derivative.state)] =
        row(derivative.row);
  }
  for (std::size_t by = 0; by < n + amounts_.size(); ++by) {
    const bool drug = by >= n;
    // Derivatives count only the drugs that the equations read; here all in closed form are.
    double& x = drug ? amounts_[by - n] : states_[by];
    if (drug && program_.drug_row(by - n) < 0) continue;
    const std::size_t place = drug ? static_cast<std::size_t>(program_.drug_row(by - n) - code.first_state()) : by;
    const double at = x, h = 1e-5 * at;
    x = at + h;
    const std::vector<double> up = rates();
    x = at - h;
    const std::vector<double> down = rates();
    x = at;
    for (std::size_t s = 0; s < n; ++s) {
      const double difference = (up[s] - down[s]) / (2.0 * h);
      const double size = std::fabs(difference) + 1e-6 * (std::fabs(up[s]) + std::fabs(down[s])) / at;
      EXPECT_NEAR(seen[place * n + s], difference, 1e-6 * size + 1e-9) << "rate " << s << " by " << by;
    }
  }
}

// The same by another way: automatic differentiation of the marrow's own equations.
TEST_P(ProgramOfMarrow, HasTheDerivativesOfDualNumbers) {
  std::fill(amounts_.begin(), amounts_.end(), 0.0);
  evaluate();
  const std::size_t n = states_.size();
  std::vector<double> expected(n * n), seen(n * n, 0.0);
  plan_.assembly.marrows[0].model->jacobian(states_.data(), parameters().data(), {}, expected.data());
  for (int i = 0; i < program_.implicit().derivative_count; ++i) {
    const lanes::Derivative& derivative = program_.implicit().derivatives[i];
    if (derivative.by < program_.code().states)
      seen[static_cast<std::size_t>(derivative.state) * n + static_cast<std::size_t>(derivative.by)] =
          row(derivative.row);
  }
  for (std::size_t i = 0; i < n * n; ++i)
    EXPECT_NEAR(seen[i], expected[i], 1e-11 * (std::fabs(expected[i]) + 1.0)) << i / n << "," << i % n;
}

INSTANTIATE_TEST_SUITE_P(Registry, ProgramOfMarrow, testing::ValuesIn(registry().ids(Kind::marrow)),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace nadir

#include "sim/model/elimination.hpp"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <algorithm>
#include <random>
#include <set>

namespace nadir {
namespace {

using Kind = lanes::Elimination::Kind;

/// Does in plain numbers what the plan says.
Eigen::VectorXd solve(const EliminationPlan& plan, std::vector<double> slots, Eigen::VectorXd x) {
  const auto slot = [&](int number) -> double& { return slots[static_cast<std::size_t>(number)]; };
  for (const lanes::Elimination& step : plan.eliminations) {
    if (step.kind == Kind::invert) slot(step.to) = 1.0 / slot(step.to);
    if (step.kind == Kind::scale) slot(step.to) *= slot(step.a);
    if (step.kind == Kind::subtract) slot(step.to) -= slot(step.a) * slot(step.b);
  }
  auto term = plan.terms.begin();
  for (const lanes::Substitution& row : plan.substitutions) {
    for (int i = 0; i < row.terms; ++i, ++term) x(row.to) -= slot(term->slot) * x(term->from);
    if (row.pivot >= 0) x(row.to) *= slot(row.pivot);
  }
  return x;
}

/// A sparse matrix with a large diagonal, as implicit methods have.
struct Sparse {
  std::vector<std::pair<int, int>> pattern;
  Eigen::MatrixXd matrix;

  Sparse(int size, double filled, std::mt19937& random) : matrix(Eigen::MatrixXd::Zero(size, size)) {
    std::uniform_real_distribution<double> uniform(-1.0, 1.0);
    for (int row = 0; row < size; ++row) {
      for (int column = 0; column < size; ++column) {
        if (row != column && 0.5 * (uniform(random) + 1.0) >= filled) continue;
        pattern.emplace_back(row, column);
        matrix(row, column) = uniform(random) + (row == column ? size : 0.0);
      }
    }
    std::shuffle(pattern.begin(), pattern.end(), random);
  }

  std::vector<double> slots(const EliminationPlan& plan) const {
    std::vector<double> values(static_cast<std::size_t>(plan.slots), 0.0);  // what is filled in begins with zero
    for (std::size_t i = 0; i < pattern.size(); ++i)
      values[static_cast<std::size_t>(plan.entries[i])] = matrix(pattern[i].first, pattern[i].second);
    return values;
  }
};

TEST(Elimination, SolvesRandomSparseSystemsAsEigenDoes) {
  std::mt19937 random(1);
  for (int trial = 0; trial < 200; ++trial) {
    const int size = 1 + trial % 25;
    const Sparse sparse(size, 0.02 * (trial % 10), random);
    const EliminationPlan plan = plan_elimination(size, sparse.pattern);
    const Eigen::VectorXd right = Eigen::VectorXd::LinSpaced(size, 1.0, 2.0);
    const Eigen::VectorXd expected = sparse.matrix.partialPivLu().solve(right);
    EXPECT_LE((solve(plan, sparse.slots(plan), right) - expected).cwiseAbs().maxCoeff(), 1e-14) << size;
  }
}

TEST(Elimination, GivesEachEntryAPlaceOfItsOwn) {
  std::mt19937 random(2);
  const Sparse sparse(20, 0.2, random);
  const EliminationPlan plan = plan_elimination(20, sparse.pattern);
  const std::set<int> places(plan.entries.begin(), plan.entries.end());
  EXPECT_EQ(places.size(), sparse.pattern.size());
  EXPECT_LT(*places.rbegin(), plan.slots);
  for (std::size_t i = 0; i < sparse.pattern.size(); ++i) {
    const auto [row, column] = sparse.pattern[i];
    if (row == column) {
      EXPECT_EQ(plan.entries[i], plan.diagonal[static_cast<std::size_t>(row)]);
    }
  }
}

TEST(Elimination, FillsNothingInAChainOrAnArrow) {
  std::vector<std::pair<int, int>> chain, arrow;
  for (int i = 0; i < 30; ++i) {
    chain.emplace_back(i, i);
    arrow.emplace_back(i, i);
    if (i > 0) chain.emplace_back(i, i - 1);
    if (i > 0) arrow.emplace_back(i, 0), arrow.emplace_back(0, i);  // in the given order it would fill everything
  }
  EXPECT_EQ(plan_elimination(30, chain).slots, static_cast<int>(chain.size()));
  EXPECT_EQ(plan_elimination(30, arrow).slots, static_cast<int>(arrow.size()));
}

}  // namespace
}  // namespace nadir

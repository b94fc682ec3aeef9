#pragma once
/// Gaussian elimination of a sparse matrix whose pattern is known beforehand: the operations, in order, on the places
/// that are not zero. Pivots stand on the diagonal, which the implicit method makes large; they are taken in the order
/// that fills fewest places (Markowitz).

#include <utility>
#include <vector>

#include "sim/lanes/implicit.hpp"

namespace nadir {

struct EliminationPlan {
  int slots = 0;
  std::vector<int> diagonal;                       ///< slot of (i, i)
  std::vector<int> entries;                        ///< slot of each entry of the pattern, in its order
  std::vector<lanes::Elimination> eliminations;    ///< turn the matrix into its factors
  std::vector<lanes::Substitution> substitutions;  ///< turn a right side into the solution
  std::vector<lanes::SubstitutionTerm> terms;      ///< of the substitutions, one after the other
};

/// `pattern`: (row, column) of what is not zero, each once; the diagonal always counts.
EliminationPlan plan_elimination(int size, const std::vector<std::pair<int, int>>& pattern);

}  // namespace nadir

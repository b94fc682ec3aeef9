#pragma once
/// What an implicit method needs besides the equations: their derivatives as further instructions, and the elimination
/// of their matrix with a pattern that is known beforehand.

#include "sim/lanes/code.hpp"

namespace nadir::lanes {

/// A partial derivative: of the rate of state `state` with respect to a state (`by` < states) or to a drug's central
/// amount (`by` ≥ states).
struct Derivative {
  int state = 0;
  int by = 0;
  int row = 0;   ///< where the instructions leave it
  int slot = 0;  ///< its place in the matrix; unused for drugs
};

/// One operation of the elimination on slots of the matrix.
struct Elimination {
  enum class Kind : std::uint8_t {
    invert,    ///< to ← 1/to, a pivot
    scale,     ///< to ← to·a
    subtract,  ///< to ← to − a·b
  };
  Kind kind = Kind::invert;
  int to = 0, a = 0, b = 0;
};

/// One term of a substitution: slot·x[from].
struct SubstitutionTerm {
  int slot = 0, from = 0;
};

/// x[to] ← (x[to] − Σ of the next `terms` terms)·pivot; without a pivot (−1) nothing is multiplied.
struct Substitution {
  int to = 0, terms = 0, pivot = -1;
};

struct Implicit {
  const Instruction* body = nullptr;  ///< continues Code::body, from the same rows
  int instructions = 0;
  const Derivative* derivatives = nullptr;
  int derivative_count = 0;
  int slots = 0;
  const int* diagonal = nullptr;  ///< slot of each state
  const Elimination* eliminations = nullptr;
  int elimination_count = 0;
  const Substitution* substitutions = nullptr;
  int substitution_count = 0;
  const SubstitutionTerm* substitution_terms = nullptr;
  const Instruction* count_body = nullptr;  ///< the instructions that counts need
  int count_instructions = 0;
  const int* followed = nullptr;  ///< states that counts depend on
  int followed_count = 0;

  /// Rows of Crew::work: the matrix, eight stages, three rows of states, the drugs, and quartics of what is followed.
  int work_rows(const Code& code) const { return slots + (8 + 3) * code.states + code.drugs + 5 * followed_count; }
};

}  // namespace nadir::lanes

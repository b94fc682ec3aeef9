#pragma once
/// A system of differential equations as a list of instructions: what the kernels run, for many patients at once.

#include <cstdint>

namespace nadir::lanes {

/// Patients that one crew simulates side by side. The same on every machine; wider registers take more of them at once.
inline constexpr int width = 16;

/// Order of the Taylor series.
inline constexpr int order = 12;

/// Drugs in closed form that one scenario may have.
inline constexpr int most_drugs = 8;

enum class Op : std::uint8_t {
  add,         ///< a + b
  sub,         ///< a − b
  mul,         ///< a·b
  div,         ///< a/b
  difference,  ///< c·(a − b), c a constant
  product,     ///< c·(a·b), c a constant
  excess,      ///< a·b − c, c a constant
  complement,  ///< c − b·a, b and c constants: what a drug leaves of division
  exp,         ///< e^a
  log,         ///< ln a
  sqrt,        ///< √a
  pow,         ///< a^b
  power,       ///< (c/a)^b, b and c constants: the feedback of a count on division
};

/// One operation on rows of numbers, one number a patient. Operands are numbered through: constants first, then what
/// changes in time.
struct Instruction {
  Op op = Op::add;
  int to = 0;
  int a = 0, b = 0, c = 0;
  int rate_of = -1;  ///< the state whose rate of change this is and nothing else; −1: it has other uses
};

/// Constants are rows 0 … constants−1; then come the states, the amounts of drugs solved in closed form, and the
/// results of the instructions, in their order.
struct Code {
  int constants = 0;
  int states = 0;
  int drugs = 0;  ///< in closed form, that the equations read
  int rows = 0;   ///< all of them
  const Instruction* body = nullptr;
  int instructions = 0;
  const int* rates = nullptr;    ///< row of each state's rate of change
  const int* signals = nullptr;  ///< row of each count
  int counts = 0;
  bool counts_are_states = true;  ///< otherwise some are results of instructions

  int first_state() const { return constants; }
  int first_drug() const { return constants + states; }
  int dynamic() const { return rows - constants; }  ///< rows that change in time
};

}  // namespace nadir::lanes

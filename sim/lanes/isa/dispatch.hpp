#pragma once
/// Which function gives the coefficients of an instruction.

#include "sim/lanes/crew.hpp"
#include "sim/lanes/isa/terms.hpp"

namespace {

/// Both operands of a sum or product may stand still on either side; `a` is then the one that moves.
static void order_operands(Term& t, bool& a_still, bool& b_still) {
  if (!a_still) return;
  const double* moving = t.b;
  t.b = t.a;
  t.a = moving;
  a_still = b_still;
  b_still = true;
}

/// Whether an instruction has a form that can write into a state's coefficients.
static bool rates_directly(const Code& code, const Instruction& in) {
  if (in.rate_of < 0) return false;
  const bool a_still = in.a < code.constants, b_still = in.b < code.constants;
  switch (in.op) {
    case Op::add:
    case Op::sub:
    case Op::difference:
      return !a_still && !b_still;
    case Op::mul:
    case Op::product:
      return true;
    default:
      return false;
  }
}

NADIR_INLINE double* memory_of_state(const Code& code, const Crew& crew, int state) {
  return crew.series + series_at(code, code.first_state() + state, 0);
}

/// The function of an operation, by which of its operands stand still and by where its result goes.
static void choose(Term& t, Op op, bool a_still, bool b_still, bool rate) {
  switch (op) {
    case Op::add:
      order_operands(t, a_still, b_still);
      t.run = b_still ? add_still : (rate ? add_moving<true> : add_moving<false>);
      break;
    case Op::sub:
      t.run = a_still ? sub_from_still : b_still ? sub_still : (rate ? sub_moving<true> : sub_moving<false>);
      break;
    case Op::difference:
      t.run = a_still   ? difference_from_still
              : b_still ? difference_still
                        : (rate ? difference_moving<true> : difference_moving<false>);
      break;
    case Op::mul:
      order_operands(t, a_still, b_still);
      t.run = b_still ? (rate ? mul_still<true> : mul_still<false>) : (rate ? mul_moving<true> : mul_moving<false>);
      break;
    case Op::div:
      t.run = b_still ? div_by_still : a_still ? div_still : div_moving;
      break;
    case Op::product:
      t.run = rate ? product_term<true> : product_term<false>;
      break;
    case Op::excess:
      t.run = excess_term;
      break;
    case Op::complement:
      t.run = complement_term;
      break;
    case Op::exp:
      t.run = exp_term;
      break;
    case Op::log:
      t.run = log_term;
      break;
    case Op::sqrt:
      t.run = sqrt_term;
      break;
    case Op::pow:
      t.run = pow_term;
      break;
    case Op::power:
      t.run = power_term;
      break;
  }
}

static void prepare(const Code& code, Crew& crew) {
  for (int s = 0; s < code.states; ++s) crew.direct[s] = 0;
  for (int n = 0; n < code.instructions; ++n)
    if (rates_directly(code, code.body[n])) crew.direct[code.body[n].rate_of] = 1;
  const auto memory = [&](int row) {
    return row < code.constants ? crew.values + row * width : crew.series + series_at(code, row, 0);
  };
  for (int n = 0; n < code.instructions; ++n) {
    const Instruction& in = code.body[n];
    Term t{nullptr, memory(in.a), memory(in.b), memory(in.c), memory(in.to), crew.inverses + n * width};
    const bool rate = rates_directly(code, in);
    if (rate) t.to = memory_of_state(code, crew, in.rate_of);
    choose(t, in.op, in.a < code.constants, in.b < code.constants, rate);
    crew.terms[n] = t;
  }
}

/// Coefficient k of every instruction's result.
NADIR_INLINE void run_order(const Code& code, const Crew& crew, int k) {
  for (int n = 0; n < code.instructions; ++n) crew.terms[n].run(crew.terms[n], k);
}

}  // namespace

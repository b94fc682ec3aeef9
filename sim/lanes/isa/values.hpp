#pragma once
/// One evaluation of the equations for half of the lanes: rows of numbers in, rows of numbers out.

#include "sim/lanes/crew.hpp"
#include "sim/lanes/isa/elementary.hpp"
#include "sim/lanes/isa/modes.hpp"

namespace {

/// Runs instructions on plain values; `values` holds rows × width.
static void evaluate(const Instruction* body, int count, double* values) {
  for (int n = 0; n < count; ++n) {
    const Instruction& in = body[n];
    const double* a = values + in.a * width;
    const double* b = values + in.b * width;
    const double* c = values + in.c * width;
    double* to = values + in.to * width;
    switch (in.op) {
      case Op::add:
        NADIR_HALF(i) store(to + i, load(a + i) + load(b + i));
        break;
      case Op::sub:
        NADIR_HALF(i) store(to + i, load(a + i) - load(b + i));
        break;
      case Op::mul:
        NADIR_HALF(i) store(to + i, load(a + i) * load(b + i));
        break;
      case Op::div:
        NADIR_HALF(i) store(to + i, load(a + i) / load(b + i));
        break;
      case Op::difference:
        NADIR_HALF(i) store(to + i, load(c + i) * (load(a + i) - load(b + i)));
        break;
      case Op::product:
        NADIR_HALF(i) store(to + i, load(c + i) * (load(a + i) * load(b + i)));
        break;
      case Op::excess:
        NADIR_HALF(i) store(to + i, load(a + i) * load(b + i) - load(c + i));
        break;
      case Op::complement:
        NADIR_HALF(i) store(to + i, load(c + i) - load(b + i) * load(a + i));
        break;
      case Op::exp:
        NADIR_HALF(i) store(to + i, exp(load(a + i)));
        break;
      case Op::log:
        NADIR_HALF(i) store(to + i, log(load(a + i)));
        break;
      case Op::sqrt:
        NADIR_HALF(i) store(to + i, square_root(load(a + i)));
        break;
      case Op::pow:
        NADIR_HALF(i) store(to + i, pow(load(a + i), load(b + i)));
        break;
      case Op::power:
        NADIR_HALF(i) store(to + i, pow(load(c + i) / load(a + i), load(b + i)));
        break;
    }
  }
}

/// Puts states and, `after` days (a row), the drugs' amounts where the instructions read them.
static void place_inputs(const Code& code, const Crew& crew, const double* states, const double* after) {
  double* rows = crew.values + code.first_state() * width;
  for (int s = 0; s < code.states; ++s) NADIR_HALF(i) store(rows + s * width + i, load(states + s * width + i));
  for (int d = 0; d < crew.drug_count; ++d) modes_at(crew.drugs[d], after, crew.values + crew.drugs[d].row * width);
}

}  // namespace

#pragma once
/// One evaluation of the equations for all lanes: rows of numbers in, rows of numbers out.

#include "sim/lanes/crew.hpp"
#include "sim/lanes/isa/elementary.hpp"
#include "sim/lanes/isa/modes.hpp"

namespace {

/// Runs instructions on plain values; `values` holds rows × width.
static void evaluate(const Instruction* body, int count, double* values) {
  const Instruction* const end = body + count;
  for (const Instruction* in = body; in != end; ++in) {
    double* const to = values + static_cast<long>(in->to) * width;
    const double* const first = values + static_cast<long>(in->a) * width;
    const auto a = [&](int i) __attribute__((always_inline)) { return load(first + i); };
    const auto b = [&](int i) __attribute__((always_inline)) {
      return load(values + static_cast<long>(in->b) * width + i);
    };
    const auto c = [&](int i) __attribute__((always_inline)) {
      return load(values + static_cast<long>(in->c) * width + i);
    };
    switch (in->op) {
      case Op::add:
        NADIR_CHUNKS(i) store(to + i, a(i) + b(i));
        break;
      case Op::sub:
        NADIR_CHUNKS(i) store(to + i, a(i) - b(i));
        break;
      case Op::mul:
        NADIR_CHUNKS(i) store(to + i, a(i) * b(i));
        break;
      case Op::div:
        NADIR_CHUNKS(i) store(to + i, a(i) / b(i));
        break;
      case Op::difference:
        NADIR_CHUNKS(i) store(to + i, c(i) * (a(i) - b(i)));
        break;
      case Op::product:
        NADIR_CHUNKS(i) store(to + i, c(i) * (a(i) * b(i)));
        break;
      case Op::excess:
        NADIR_CHUNKS(i) store(to + i, a(i) * b(i) - c(i));
        break;
      case Op::complement:
        NADIR_CHUNKS(i) store(to + i, c(i) - b(i) * a(i));
        break;
      case Op::exp:
        NADIR_CHUNKS(i) store(to + i, exp(a(i)));
        break;
      case Op::log:
        NADIR_CHUNKS(i) store(to + i, log(a(i)));
        break;
      case Op::sqrt:
        NADIR_CHUNKS(i) store(to + i, square_root(a(i)));
        break;
      case Op::pow:
        NADIR_CHUNKS(i) store(to + i, plain_pow(a(i), b(i)));
        break;
      case Op::power:
        NADIR_CHUNKS(i) store(to + i, plain_pow(c(i) / a(i), b(i)));
        break;
    }
  }
}

/// Puts states and, `after` days (a row), the drugs' amounts where the instructions read them.
static void place_inputs(const Code& code, const Crew& crew, const double* states, const double* after) {
  double* rows = crew.values + code.first_state() * width;
  for (int s = 0; s < code.states; ++s) NADIR_CHUNKS(i) store(rows + s * width + i, load(states + s * width + i));
  for (int d = 0; d < crew.drug_count; ++d) modes_at(crew.drugs[d], after, crew.values + crew.drugs[d].row * width);
}

}  // namespace

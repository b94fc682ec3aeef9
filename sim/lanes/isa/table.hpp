#pragma once
/// The kernels of one instruction set, gathered.

#include "sim/lanes/isa/elementary.hpp"
#include "sim/lanes/isa/polynomial.hpp"
#include "sim/lanes/isa/rosenbrock.hpp"
#include "sim/lanes/isa/taylor.hpp"
#include "sim/lanes/kernels.hpp"

namespace {

static void exp_row(const double* x, double* out) { NADIR_CHUNKS(i) store(out + i, exp(load(x + i))); }
static void log_row(const double* x, double* out) { NADIR_CHUNKS(i) store(out + i, log(load(x + i))); }
static void pow_row(const double* x, const double* y, double* out) {
  NADIR_CHUNKS(i) store(out + i, pow(load(x + i), load(y + i)));
}
static void move_drugs(Crew& crew, double cut) {
  for (int d = 0; d < crew.drug_count; ++d) modes_move(crew.drugs[d], crew.length, cut);
}

}  // namespace

#define NADIR_KERNELS(title)                                                                                      \
  {                                                                                                               \
    title, NADIR_VECTOR, prepare, taylor_step, rosenbrock_step, move_drugs, evaluate, polynomial_at, integral_at, \
        outline, solve, exp_row, log_row, pow_row                                                                 \
  }

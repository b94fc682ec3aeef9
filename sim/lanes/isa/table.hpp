/// The kernels of one instruction set, gathered in the order in which they build on one another.

#include "sim/lanes/kernels.hpp"
#include "sim/math/elementary.hpp"

#include "sim/lanes/isa/vector.hpp"

#include "sim/lanes/isa/elementary.hpp"

#include "sim/lanes/isa/modes.hpp"

#include "sim/lanes/isa/terms.hpp"

#include "sim/lanes/isa/taylor.hpp"

#include "sim/lanes/isa/values.hpp"

#include "sim/lanes/isa/rodas_system.hpp"

#include "sim/lanes/isa/rodas_dense.hpp"

#include "sim/lanes/isa/rosenbrock.hpp"

#include "sim/lanes/isa/polynomial.hpp"

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

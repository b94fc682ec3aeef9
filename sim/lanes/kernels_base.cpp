// The kernels for any machine: two numbers a register, which SSE2, NEON and WebAssembly have.
#define NADIR_VECTOR 2

#include "sim/lanes/kernels.hpp"
#include "sim/math/elementary.hpp"

#include "sim/lanes/isa/vector.hpp"

#include "sim/lanes/isa/elementary.hpp"
#include "sim/lanes/isa/modes.hpp"
#include "sim/lanes/isa/polynomial.hpp"
#include "sim/lanes/isa/rosenbrock.hpp"
#include "sim/lanes/isa/table.hpp"
#include "sim/lanes/isa/taylor.hpp"
#include "sim/lanes/isa/values.hpp"

namespace nadir::lanes {

extern const Kernels kernels_base;
const Kernels kernels_base = NADIR_KERNELS("base");

}  // namespace nadir::lanes

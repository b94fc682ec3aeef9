// The kernels for any machine: two numbers a register, which SSE2, NEON and WebAssembly have.
#define NADIR_VECTOR 2

#include "sim/lanes/isa/table.hpp"

namespace nadir::lanes {

extern const Kernels kernels_base;
const Kernels kernels_base = NADIR_KERNELS("base");

}  // namespace nadir::lanes

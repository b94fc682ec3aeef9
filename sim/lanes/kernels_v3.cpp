// The kernels for x86-64-v3.
#define NADIR_VECTOR 4

#include "sim/lanes/isa/table.hpp"

namespace nadir::lanes {

extern const Kernels kernels_v3;
const Kernels kernels_v3 = NADIR_KERNELS("x86-64-v3");

}  // namespace nadir::lanes

// The kernels for x86-64-v4.
#define NADIR_VECTOR 8

#include "sim/lanes/isa/table.hpp"

namespace nadir::lanes {

extern const Kernels kernels_v4;
const Kernels kernels_v4 = NADIR_KERNELS("x86-64-v4");

}  // namespace nadir::lanes

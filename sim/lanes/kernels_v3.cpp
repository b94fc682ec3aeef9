// The kernels for x86-64-v3.
#define NADIR_VECTOR 4

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

extern const Kernels kernels_v3;
const Kernels kernels_v3 = NADIR_KERNELS("x86-64-v3");

}  // namespace nadir::lanes

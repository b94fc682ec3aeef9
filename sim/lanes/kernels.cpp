#include "sim/lanes/kernels.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace nadir::lanes {

extern const Kernels kernels_base;
#if defined(__x86_64__)
extern const Kernels kernels_v3;
extern const Kernels kernels_v4;
#endif

namespace {

std::vector<const Kernels*> found() {
  std::vector<const Kernels*> list;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v4")) list.push_back(&kernels_v4);
  if (__builtin_cpu_supports("x86-64-v3")) list.push_back(&kernels_v3);
#endif
  list.push_back(&kernels_base);
  if (const char* asked = std::getenv("NADIR_ISA")) {
    const auto wanted = [&](const Kernels* kernels) { return kernels->name == asked; };
    if (std::any_of(list.begin(), list.end(), wanted))
      std::erase_if(list, [&](const Kernels* kernels) { return !wanted(kernels); });
  }
  return list;
}

}  // namespace

std::span<const Kernels* const> available_kernels() {
  static const std::vector<const Kernels*> all = found();
  return all;
}

const Kernels& kernels() { return *available_kernels().front(); }

}  // namespace nadir::lanes

#include "sim/lanes/kernels.hpp"

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

namespace nadir::lanes {

extern const Kernels kernels_base;
#if defined(__x86_64__)
extern const Kernels kernels_v3;
extern const Kernels kernels_v4;
#endif

namespace {

#if defined(__x86_64__)
// Not every compiler knows the levels by their names. What has these features has all of its level.
bool has_v3() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
         __builtin_cpu_supports("fma");
}
bool has_v4() {
  return has_v3() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
#endif

std::vector<const Kernels*> found() {
  std::vector<const Kernels*> list;
#if defined(__x86_64__)
  if (has_v4()) list.push_back(&kernels_v4);
  if (has_v3()) list.push_back(&kernels_v3);
#endif
  list.push_back(&kernels_base);
  if (const char* asked = std::getenv("NADIR_ISA")) {
    std::string names;
    for (const Kernels* kernels : list) names += " " + std::string(kernels->name);
    std::erase_if(list, [&](const Kernels* kernels) { return kernels->name != asked; });
    if (list.empty())
      throw std::invalid_argument("NADIR_ISA is '" + std::string(asked) + "'; this machine has:" + names);
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

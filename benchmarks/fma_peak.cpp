#include "benchmarks/fma_peak.hpp"

#include <chrono>

namespace nadir::benchmark {

namespace {

constexpr int chains = 12;  // independent ones: more than a core has multiply-adds under way, fewer than registers

struct Eight {
  typedef double Vector __attribute__((vector_size(64)));
  static constexpr int doubles = 8;
};
struct Four {
  typedef double Vector __attribute__((vector_size(32)));
  static constexpr int doubles = 4;
};
struct Two {
  typedef double Vector __attribute__((vector_size(16)));
  static constexpr int doubles = 2;
};

/// `rounds` multiply-adds in each chain. This file is compiled with contraction on.
template <class Width>
__attribute__((always_inline)) inline double multiply_add(long rounds) {
  typename Width::Vector sums[chains];
  for (int i = 0; i < chains; ++i) sums[i] = typename Width::Vector{} + 1.0 + i;
  const typename Width::Vector factor = typename Width::Vector{} + 0.999999, term = typename Width::Vector{} + 1e-6;
  for (long round = 0; round < rounds; ++round) {
#pragma GCC unroll 12
    for (int i = 0; i < chains; ++i) sums[i] = sums[i] * factor + term;
  }
  double total = 0.0;
  for (int i = 0; i < chains; ++i) total += sums[i][0];
  return total;
}

#if defined(__x86_64__)
__attribute__((target("avx512f,fma"))) double eight(long rounds) { return multiply_add<Eight>(rounds); }
__attribute__((target("avx2,fma"))) double four(long rounds) { return multiply_add<Four>(rounds); }
#endif
double two(long rounds) { return multiply_add<Two>(rounds); }

FmaPeak measure(double (*work)(long), int doubles, const char* vectors) {
  using Clock = std::chrono::steady_clock;
  constexpr long rounds = 1000000;
  double best = 0.0;
  volatile double kept = 0.0;
  for (const auto begin = Clock::now(); Clock::now() - begin < std::chrono::milliseconds(100);) {
    const auto start = Clock::now();
    kept = kept + work(rounds);
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    const double flops = 2.0 * chains * doubles * static_cast<double>(rounds) / seconds;
    best = flops > best ? flops : best;
  }
  return {best, doubles, vectors};
}

}  // namespace

FmaPeak fma_peak() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return measure(eight, Eight::doubles, "AVX-512");
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return measure(four, Four::doubles, "AVX2");
#endif
  return measure(two, Two::doubles, "128 bits");
}

}  // namespace nadir::benchmark

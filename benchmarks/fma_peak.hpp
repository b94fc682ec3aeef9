#pragma once
/// What this core can do at most.

namespace nadir::benchmark {

struct FmaPeak {
  double flops = 0.0;        ///< double-precision operations a second, a fused multiply-add counting as two
  int doubles = 0;           ///< in a vector of the widest kind that the core has
  const char* vectors = "";  ///< "AVX-512", "AVX2", "128 bits"
};

/// Measures for about a tenth of a second: take it beside each round, because clocks change.
FmaPeak fma_peak();

}  // namespace nadir::benchmark

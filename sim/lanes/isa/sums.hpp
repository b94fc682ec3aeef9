#pragma once
/// The sums that Taylor coefficients are made of, for all lanes at once.

#include "sim/lanes/crew.hpp"
#include "sim/lanes/isa/vector.hpp"

namespace {

/// Registers summed at the same time: enough to hide the latency of an addition, few enough to stay in registers.
constexpr int group = chunks < 4 ? chunks : 4;
#define NADIR_GROUPS(i) for (int i = 0; i < width; i += group * vector_length)

/// Σ a[j]·b[k−j] for j from `first` to `last`.
NADIR_INLINE void convolution(const double* a, const double* b, int k, int first, int last, int i, Vec (&sum)[group]) {
  for (int u = 0; u < group; ++u) sum[u] = broadcast(0.0);
  const double* left = a + first * width + i;
  const double* right = b + (k - first) * width + i;
  for (int j = first; j <= last; ++j, left += width, right -= width)
    for (int u = 0; u < group; ++u) sum[u] += load(left + u * vector_length) * load(right + u * vector_length);
}

/// The same with each term times j.
NADIR_INLINE void weighted(const double* a, const double* b, int k, int first, int last, int i, Vec (&sum)[group]) {
  for (int u = 0; u < group; ++u) sum[u] = broadcast(0.0);
  for (int j = first; j <= last; ++j) {
    const double weight = j;
    for (int u = 0; u < group; ++u)
      sum[u] +=
          weight * (load(a + j * width + i + u * vector_length) * load(b + (k - j) * width + i + u * vector_length));
  }
}

/// Σ a[j]·b[k−j] for j < k, plain and with each term times j: Σ j·t_j is the sum of the sums from j on.
NADIR_INLINE void both_sums(const double* a, const double* b, int k, int i, Vec (&plain)[group],
                            Vec (&by_index)[group]) {
  for (int u = 0; u < group; ++u) plain[u] = by_index[u] = broadcast(0.0);
  const double* left = a + (k - 1) * width + i;
  const double* right = b + width + i;
  for (int j = k - 1; j > 0; --j, left -= width, right += width) {
    for (int u = 0; u < group; ++u) {
      plain[u] += load(left + u * vector_length) * load(right + u * vector_length);
      by_index[u] += plain[u];
    }
  }
  for (int u = 0; u < group; ++u) plain[u] += load(left + u * vector_length) * load(right + u * vector_length);
}

}  // namespace

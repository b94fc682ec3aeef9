#pragma once
/// Counts within a step of Rodas5P, as quartics.

#include "sim/lanes/isa/rodas_system.hpp"

namespace {

/// A count's polynomial from its values at θ = 0, ¼, ½, ¾, 1.
NADIR_INLINE void quartic_through(const double* nodes, int stride, double* c) {
  NADIR_CHUNKS(i) {
    Vec y[5];
    for (int n = 0; n < 5; ++n) y[n] = load(nodes + n * stride + i);
    store(c + i, y[0]);
    store(c + width + i, (-25.0 * y[0] + 48.0 * y[1] - 36.0 * y[2] + 16.0 * y[3] - 3.0 * y[4]) / 3.0);
    store(c + 2 * width + i, (70.0 * y[0] - 208.0 * y[1] + 228.0 * y[2] - 112.0 * y[3] + 22.0 * y[4]) / 3.0);
    store(c + 3 * width + i, (-80.0 * y[0] + 288.0 * y[1] - 384.0 * y[2] + 224.0 * y[3] - 48.0 * y[4]) / 3.0);
    store(c + 4 * width + i, (32.0 * y[0] - 128.0 * y[1] + 192.0 * y[2] - 128.0 * y[3] + 32.0 * y[4]) / 3.0);
  }
}

/// Dense output of state `s` as a quartic in θ.
NADIR_INLINE void state_quartic(const Code& code, const Crew& crew, const Work& work, int s, double* c) {
  const int n = code.states * width;
  NADIR_CHUNKS(i) {
    const int at = s * width + i;
    Vec part[3];
    for (int d = 0; d < 3; ++d) {
      part[d] = broadcast(0.0);
      for (int j = 0; j < rodas::stages; ++j) part[d] += rodas::dense[d][j] * load(work.stage + j * n + at);
    }
    const Vec begin = load(crew.states + at);
    store(c + i, begin);
    store(c + width + i, (load(work.trial + at) - begin) + part[0]);
    store(c + 2 * width + i, part[1] - part[0]);
    store(c + 3 * width + i, part[2] - part[1]);
    store(c + 4 * width + i, -part[2]);
  }
}

/// Counts that are results of instructions: their values at five points of the step.
static void follow_counts(const Code& code, const Crew& crew, const Implicit& implicit, const Work& work,
                          const double* h) {
  double after[width] __attribute__((aligned(64)));
  for (int f = 0; f < implicit.followed_count; ++f)
    state_quartic(code, crew, work, implicit.followed[f], work.quartics + 5 * width * f);
  for (int node = 0; node < 5; ++node) {
    const double theta = 0.25 * node;
    for (int f = 0; f < implicit.followed_count; ++f) {
      const double* c = work.quartics + 5 * width * f;
      NADIR_CHUNKS(i) {
        Vec x = load(c + 4 * width + i);
        for (int k = 3; k >= 0; --k) x = x * theta + load(c + k * width + i);
        store(work.between + implicit.followed[f] * width + i, x);
      }
    }
    NADIR_CHUNKS(i) store(after + i, theta * load(h + i));
    place_inputs(code, crew, work.between, after);
    evaluate(implicit.count_body, implicit.count_instructions, crew.values);
    for (int c = 0; c < code.counts; ++c) {
      double* to = crew.counts + (c * (nadir::lanes::most_degree + 1) + 5 + node) * width;
      NADIR_CHUNKS(i) store(to + i, load(crew.values + code.signals[c] * width + i));
    }
  }
  for (int c = 0; c < code.counts; ++c) {
    double* to = crew.counts + c * (nadir::lanes::most_degree + 1) * width;
    quartic_through(to + 5 * width, width, to);
  }
}

}  // namespace

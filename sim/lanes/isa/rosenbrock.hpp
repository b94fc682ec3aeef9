#pragma once
/// Rodas5P, a stiffly accurate Rosenbrock method of order 5 with eight stages and dense output of order 4 (Steinebach,
/// BIT 63:27, 2023). Each lane has its own step, is accepted or refused on its own, and has its own matrix.

#include "sim/lanes/isa/rodas_dense.hpp"
#include "sim/lanes/isa/rodas_system.hpp"
#include "sim/lanes/isa/rough.hpp"

namespace {

/// Gives a first step to the lanes that have none: one in which no state moves by more than a hundredth of its size, at
/// most a day.
static void choose_first(const Code& code, const Crew& crew) {
  NADIR_CHUNKS(i) {
    const Vec proposed = load(crew.proposed + i);
    const Int fresh = ~(proposed > 0.0);
    if (!any(fresh)) continue;
    Vec first = broadcast(1.0);
    for (int s = 0; s < code.states; ++s) {
      const Vec size = absolute(load(crew.states + s * width + i)) + 1e4 * crew.accuracy.absolute[s];
      const Vec rate = absolute(load(crew.values + code.rates[s] * width + i));
      first = select(rate * first > 0.01 * size, 0.01 * size / rate, first);
    }
    store(crew.proposed + i, select(fresh, first, proposed));
  }
}

/// Solves stage `s`; the equations were evaluated at its states.
template <int s>
NADIR_INLINE void solve_stage(const Code& code, const Crew& crew, const Implicit& implicit, const Work& work,
                              const double* h, const double* inverse_h) {
  const int n = code.states * width;
  double* k = work.stage + s * n;
  for (int state = 0; state < code.states; ++state) {
    NADIR_CHUNKS(i) {
      const int at = state * width + i;
      Vec sum = broadcast(0.0);
      for (int j = 0; j < s; ++j) sum += rodas::c[s][j] * load(work.stage + j * n + at);
      Vec right = load(crew.values + code.rates[state] * width + i) + sum * load(inverse_h + i);
      if (rodas::slope[s] != 0.0) right += rodas::slope[s] * load(h + i) * load(work.drift + at);
      store(k + at, right);
    }
  }
  substitute(implicit, work.matrix, k);
}

/// The states at which stage `s` is evaluated, into work.trial.
template <int s>
NADIR_INLINE void place_stage(const Code& code, const Crew& crew, const Work& work) {
  const int n = code.states * width;
  for (int state = 0; state < code.states; ++state) {
    NADIR_CHUNKS(i) {
      const int at = state * width + i;
      Vec x;
      if (s < 6) {
        x = load(crew.states + at);
        for (int j = 0; j < s; ++j) x += rodas::a[s][j] * load(work.stage + j * n + at);
      } else {
        x = load(work.trial + at) + load(work.stage + (s - 1) * n + at);
      }
      store(work.trial + at, x);
    }
  }
}

/// Stages s, s + 1, … 7, each with its own code, because the sums are of fixed length.
template <int s>
NADIR_INLINE void next_stages(const Code& code, const Crew& crew, const Implicit& implicit, const Work& work,
                              const double* h, const double* inverse_h) {
  if constexpr (s < rodas::stages) {
    double after[width] __attribute__((aligned(64)));
    place_stage<s>(code, crew, work);
    NADIR_CHUNKS(i) store(after + i, rodas::at[s] * load(h + i));
    place_inputs(code, crew, work.trial, after);
    evaluate(code.body, code.instructions, crew.values);
    solve_stage<s>(code, crew, implicit, work, h, inverse_h);
    next_stages<s + 1>(code, crew, implicit, work, h, inverse_h);
  }
}

/// Largest error of a state in units of the tolerance; not a number where anything is none.
NADIR_INLINE Vec error_of_step(const Code& code, const Crew& crew, const Work& work, int i) {
  Vec worst = broadcast(0.0), sum = broadcast(0.0);
  for (int s = 0; s < code.states; ++s) {
    const int at = s * width + i;
    const Vec size = larger(absolute(load(crew.states + at)), absolute(load(work.trial + at)));
    const Vec error = absolute(load(work.stage + 7 * code.states * width + at)) /
                      (crew.accuracy.absolute[s] + crew.accuracy.relative * size);
    worst = larger(worst, error);
    sum += error + 0.0 * load(work.trial + at);
  }
  return select(sum < nadir::math_detail::infinity, worst, sum - sum + broadcast(nadir::math_detail::nan));
}

/// Accepts or refuses the step of each lane; accepted ones have a length above zero afterwards.
static void decide(const Code& code, const Crew& crew, const Work& work, const double* h) {
  NADIR_CHUNKS(i) {
    const Vec now = load(crew.time + i), limit = load(crew.limit + i), step = load(h + i);
    const Vec error = error_of_step(code, crew, work, i);
    const Int open = limit > now, finite = error == error, good = open & (error <= 1.0);
    const Vec bounded = larger(select(finite, error, broadcast(1.0)), broadcast(1e-8));
    const Vec factor = smaller(0.9 * rough_exp2(rough_log2(bounded) * -0.2), broadcast(5.0));
    const Vec next = step * select(finite, larger(factor, broadcast(0.1)), broadcast(0.25));
    const Int to_limit = step >= limit - now;
    store(crew.begin + i, now);
    store(crew.length + i, select(good, step, broadcast(0.0)));
    store(crew.time + i, select(good, select(to_limit, limit, now + step), now));
    // A step that was cut short by the limit says little about the next one.
    const Vec proposed = load(crew.proposed + i);
    const Vec kept = select(good & to_limit & (proposed > next), proposed, next);
    store(crew.proposed + i, select(open, kept, proposed));
    const Vec smallest = 1e-14 * larger(absolute(now), broadcast(1e-3));
    store(crew.failed + i, select(open & ~good & (next <= smallest), broadcast(1.0), broadcast(0.0)));
  }
}

/// One step of every lane that has room before its limit.
static void rosenbrock_step(const Code& code, Crew& crew, const Implicit& implicit) {
  const Work work(code, crew, implicit);
  double h[width] __attribute__((aligned(64))), inverse_h[width] __attribute__((aligned(64)));
  double after[width] __attribute__((aligned(64)));
  NADIR_CHUNKS(i) store(after + i, broadcast(0.0));
  place_inputs(code, crew, crew.states, after);
  evaluate(code.body, code.instructions, crew.values);
  evaluate(implicit.body, implicit.instructions, crew.values);
  find_drift(code, crew, implicit, work);
  choose_first(code, crew);
  NADIR_CHUNKS(i) {
    const Vec room = load(crew.limit + i) - load(crew.time + i), wish = load(crew.proposed + i);
    // A lane that waits computes with a day and changes nothing.
    const Vec step = select(room > 0.0, select(wish * 1.01 >= room, room, wish), broadcast(1.0));
    store(h + i, step);
    store(inverse_h + i, 1.0 / step);
  }
  fill_matrix(code, crew, implicit, work, inverse_h);
  eliminate(implicit, work.matrix);
  solve_stage<0>(code, crew, implicit, work, h, inverse_h);
  next_stages<1>(code, crew, implicit, work, h, inverse_h);
  place_stage<rodas::stages>(code, crew, work);
  decide(code, crew, work, h);
  if (code.counts_are_states) {
    for (int c = 0; c < code.counts; ++c)
      state_quartic(code, crew, work, code.signals[c] - code.first_state(),
                    crew.counts + c * (nadir::lanes::most_degree + 1) * width);
  } else {
    follow_counts(code, crew, implicit, work, h);
  }
  for (int s = 0; s < code.states; ++s) {
    NADIR_CHUNKS(i) {
      const int at = s * width + i;
      store(crew.states + at, select(load(crew.length + i) > 0.0, load(work.trial + at), load(crew.states + at)));
    }
  }
  crew.degree = 4;
}

}  // namespace

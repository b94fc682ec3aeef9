#pragma once
/// Taylor's method: the coefficients of all states from the equations themselves, then one long step (Jorba and Zou,
/// Exp Math 14:99, 2005). Each lane chooses its own step from its last two coefficients.

#include "sim/lanes/crew.hpp"
#include "sim/lanes/isa/dispatch.hpp"
#include "sim/lanes/isa/modes.hpp"
#include "sim/lanes/isa/rough.hpp"

namespace {

/// Coefficient k of the drugs' amounts.
NADIR_INLINE void drug_terms(const Crew& crew, const Code& code, int k, ModeSeries* series) {
  for (int d = 0; d < crew.drug_count; ++d) {
    double* to = crew.series + series_at(code, crew.drugs[d].row, k);
    if (k == 0) {
      modes_begin(crew.drugs[d], series[d], to);
    } else {
      modes_next(crew.drugs[d], k, series[d], to);
    }
  }
}

/// Coefficient k + 1 of the states from coefficient k of their rates, where the instruction has not put it there.
NADIR_INLINE void state_terms(const Crew& crew, const Code& code, int k) {
  const double inverse = reciprocal.of[k + 1];
  for (int s = 0; s < code.states; ++s) {
    if (crew.direct[s] != 0) continue;
    const int rate = code.rates[s];
    double* to = crew.series + series_at(code, code.first_state() + s, k + 1);
    if (rate < code.constants) {
      const double* from = crew.values + rate * width;
      NADIR_CHUNKS(i) store(to + i, k > 0 ? broadcast(0.0) : load(from + i));
    } else {
      const double* from = crew.series + series_at(code, rate, k);
      NADIR_CHUNKS(i) store(to + i, load(from + i) * inverse);
    }
  }
}

/// All coefficients of all rows at the lanes' times; of the states one more.
static void expand(const Code& code, const Crew& crew) {
  ModeSeries series[nadir::lanes::most_drugs];
  for (int s = 0; s < code.states; ++s) {
    double* to = crew.series + series_at(code, code.first_state() + s, 0);
    NADIR_CHUNKS(i) store(to + i, load(crew.states + s * width + i));
  }
  for (int k = 0; k < order; ++k) {
    drug_terms(crew, code, k, series);
    run_order(code, crew, k);
    state_terms(crew, code, k);
  }
  if (code.counts_are_states) return;
  drug_terms(crew, code, order, series);
  run_order(code, crew, order);
}

/// Chooses each lane's step.
static void choose_steps(const Code& code, const Crew& crew) {
  constexpr double safety = 0.93;
  NADIR_CHUNKS(i) {
    Vec last = broadcast(0.0), before = broadcast(0.0), sum = broadcast(0.0);
    for (int s = 0; s < code.states; ++s) {
      const double* c = crew.series + series_at(code, code.first_state() + s, 0) + i;
      const Vec weight = 1.0 / (crew.accuracy.absolute[s] + crew.accuracy.relative * absolute(load(c)));
      const Vec end = absolute(load(c + order * width)) * weight;
      before = larger(before, absolute(load(c + (order - 1) * width)) * weight);
      last = larger(last, end);
      sum += end;  // a maximum does not show what is no number
    }
    const Vec now = load(crew.time + i), room = load(crew.limit + i) - now;
    // The step at which the last term, or the one before, is as large as the tolerance.
    const Vec tiny = broadcast(1e-280);
    const Vec exponent = smaller(rough_log2(larger(last, tiny)) * (-1.0 / order),
                                 rough_log2(larger(before, tiny)) * (-1.0 / (order - 1)));
    const Vec wish = safety * rough_exp2(exponent);
    const Int open = room > 0.0;
    const Int sound = sum < constant::infinity;
    const Int to_limit = wish * 1.01 >= room;
    const Vec taken = select(to_limit, room, wish);
    // A step too small to move the time is a failure too.
    const Int moves = (now + taken > now) | ~open;
    store(crew.failed + i, select(sound & moves, broadcast(0.0), broadcast(1.0)));
    store(crew.length + i, select(open & sound & moves, taken, broadcast(0.0)));
    store(crew.begin + i, now);
    store(crew.time + i, select(open & sound & moves, select(to_limit, load(crew.limit + i), now + taken), now));
  }
}

/// Moves the states to the end of the step, and scales the counts' coefficients to the step.
static void finish_step(const Code& code, const Crew& crew) {
  for (int s = 0; s < code.states; ++s) {
    const double* c = crew.series + series_at(code, code.first_state() + s, 0);
    NADIR_CHUNKS(i) {
      const Vec h = load(crew.length + i);
      Vec sum = load(c + order * width + i);
      for (int k = order - 1; k >= 0; --k) sum = sum * h + load(c + k * width + i);
      store(crew.states + s * width + i, sum);
    }
  }
  for (int n = 0; n < code.counts; ++n) {
    const int row = code.signals[n];
    NADIR_CHUNKS(i) {
      const Vec h = load(crew.length + i);
      Vec power = broadcast(1.0);
      for (int k = 0; k <= order; ++k) {
        const bool fixed = row < code.constants;
        const Vec c = !fixed ? load(crew.series + series_at(code, row, k) + i)
                             : (k == 0 ? load(crew.values + row * width + i) : broadcast(0.0));
        store(crew.counts + (n * (nadir::lanes::most_degree + 1) + k) * width + i, c * power);
        power = power * h;
      }
    }
  }
}

static void taylor_step(const Code& code, Crew& crew) {
  expand(code, crew);
  choose_steps(code, crew);
  finish_step(code, crew);
  crew.degree = order;
}

}  // namespace

#include "sim/ensemble/tracer.hpp"

#include <algorithm>
#include <bit>

#include "sim/metric/roots.hpp"

namespace nadir {

namespace {

using lanes::most_degree;
using lanes::width;

constexpr std::size_t lane_count = width;

/// Polynomials of several steps, one a lane, as the kernels read them.
struct Rows {
  std::array<lanes::Row, most_degree + 1> c{};

  void put(std::size_t lane, std::span<const double> coefficients) {
    for (std::size_t k = 0; k < coefficients.size(); ++k) c[k].x[lane] = coefficients[k];
  }
};

double evaluate(const Stretched& step, int degree, double theta) {
  double sum = 0.0;
  for (int k = degree; k >= 0; --k) sum = sum * theta + step.c[static_cast<std::size_t>(k)];
  return sum;
}

/// One bit of a mask, in or out.
bool has(unsigned mask, std::size_t lane) { return (mask >> lane & 1u) != 0; }
void put(unsigned& mask, std::size_t lane, bool bit) { mask = (mask & ~(1u << lane)) | (bit ? 1u << lane : 0u); }

}  // namespace

Tracer::Tracer(const lanes::Kernels& kernels, const Thresholds& thresholds, std::size_t counts)
    : kernels_(kernels), levels_(nadir::levels(thresholds)), lanes_(counts) {}

Tracer::Flags Tracer::below(double count) const {
  Flags result{};
  for (std::size_t j = 0; j < threshold_count; ++j) result[j] = count < levels_[j];
  return result;
}

void Tracer::enter(std::size_t count, std::size_t lane, double value, Trace& trace) {
  Lanes& known = lanes_[count];
  trace.starts_below = below(value);
  for (std::size_t j = 0; j < threshold_count; ++j) put(known.below[j], lane, trace.starts_below[j]);
  put(known.falling, lane, false);
  known.area.x[lane] = 0.0;
}

void Tracer::step(std::size_t count, const double* c, int degree, const double* begin, const double* length,
                  unsigned stepped, const std::array<Trace*, width>& traces) {
  degree_ = degree;
  Lanes& known = lanes_[count];
  lanes::Row end, area;
  lanes::Outline outline{end.x, area.x};
  kernels_.outline(c, degree, levels_.data(), threshold_count, outline);
  const unsigned turned_between = known.falling & ~outline.falls_first;
  unsigned jumped = 0, passed = 0;
  for (std::size_t j = 0; j < threshold_count; ++j) {
    jumped |= known.below[j] ^ outline.below_first[j];
    passed |= outline.below_first[j] ^ outline.below_last[j];
  }
  const unsigned inside = passed | outline.turns | outline.turns_more;
  for (unsigned rest = (turned_between | jumped | inside) & stepped; rest != 0; rest &= rest - 1) {
    const auto lane = static_cast<std::size_t>(std::countr_zero(rest));
    Trace& trace = *traces[lane];
    if (has(turned_between, lane)) trace.lows.push_back({c[lane], begin[lane]});
    for (std::size_t j = 0; j < threshold_count && has(jumped, lane); ++j) {
      const bool is_below = has(outline.below_first[j], lane);
      if (is_below != has(known.below[j], lane))
        trace.crossings[j].push_back({begin[lane], known.area.x[lane], is_below});
    }
    if (!has(inside, lane)) continue;
    Stretched step{&trace, begin[lane], length[lane], known.area.x[lane], {}, end.x[lane]};
    for (std::size_t k = 0; k <= static_cast<std::size_t>(degree); ++k) step.c[k] = c[k * lane_count + lane];
    look(step, outline, lane);
  }
  for (std::size_t j = 0; j < threshold_count; ++j)
    known.below[j] = (known.below[j] & ~stepped) | (outline.below_last[j] & stepped);
  known.falling = (known.falling & ~stepped) | (outline.falls_last & stepped);
  for (std::size_t lane = 0; lane < lane_count; ++lane)  // a lane that made no step has a length of zero
    known.area.x[lane] += length[lane] * area.x[lane];
}

void Tracer::look(const Stretched& step, const lanes::Outline& outline, std::size_t lane) {
  if (has(outline.turns_more, lane)) {
    winding_.push_back(step);
  } else if (has(outline.turns, lane)) {
    turns_.push_back(step);
  } else {
    passes(step, below(step.c[0]), below(step.end), 0.0, 1.0);
  }
}

void Tracer::passes(const Stretched& step, const Flags& before, const Flags& after, double low, double high) {
  for (std::size_t j = 0; j < threshold_count; ++j)
    if (before[j] != after[j]) passes_.push_back({step, j, after[j], low, high});
}

void Tracer::flush() {
  for (const Stretched& step : winding_) {
    std::array<double, most_degree> slope{};
    const auto terms = static_cast<std::size_t>(degree_);
    for (std::size_t k = 0; k < terms; ++k) slope[k] = static_cast<double>(k + 1) * step.c[k + 1];
    turn(step, roots(std::span(slope).first(terms), 0.0, 1.0));
  }
  winding_.clear();
  for (std::size_t i = 0; i < turns_.size(); i += lane_count) solve_turns(i, std::min(lane_count, turns_.size() - i));
  turns_.clear();
  for (std::size_t i = 0; i < passes_.size(); i += lane_count)
    solve_passes(i, std::min(lane_count, passes_.size() - i));
  passes_.clear();
}

/// The one place within each step at which the count turns.
void Tracer::solve_turns(std::size_t first, std::size_t count) {
  Rows slopes;
  lanes::Row low, high, zero, theta;
  for (std::size_t lane = 0; lane < count; ++lane) {
    high.x[lane] = 1.0;
    for (std::size_t k = 0; k < static_cast<std::size_t>(degree_); ++k)
      slopes.c[k].x[lane] = static_cast<double>(k + 1) * turns_[first + lane].c[k + 1];
  }
  kernels_.solve(slopes.c[0].x, degree_ - 1, zero.x, low.x, high.x, theta.x);
  for (std::size_t lane = 0; lane < count; ++lane) turn(turns_[first + lane], {&theta.x[lane], 1});
}

/// Divides a step at its turning points and looks at each part, which rises or falls throughout.
void Tracer::turn(const Stretched& step, std::span<const double> at) {
  double before = step.c[0], theta = 0.0;
  Flags flags = below(before);
  for (std::size_t i = 0; i <= at.size(); ++i) {
    const bool last = i == at.size();
    const double next = last ? 1.0 : at[i];
    const double value = last ? step.end : evaluate(step, degree_, next);
    const Flags next_flags = below(value);
    passes(step, flags, next_flags, theta, next);
    if (!last && value < before) {
      const double after = i + 1 == at.size() ? step.end : evaluate(step, degree_, at[i + 1]);
      if (value < after) step.trace->lows.push_back({value, step.begin + next * step.length});
    }
    before = value, theta = next, flags = next_flags;
  }
}

void Tracer::solve_passes(std::size_t first, std::size_t count) {
  Rows rows;
  lanes::Row level, low, high, theta, area;
  const auto terms = static_cast<std::size_t>(degree_) + 1;
  for (std::size_t lane = 0; lane < count; ++lane) {
    const Pass& pass = passes_[first + lane];
    rows.put(lane, std::span(pass.in.c).first(terms));
    level.x[lane] = levels_[pass.threshold];
    low.x[lane] = pass.low;
    high.x[lane] = pass.high;
  }
  kernels_.solve(rows.c[0].x, degree_, level.x, low.x, high.x, theta.x);
  kernels_.integral_at(rows.c[0].x, degree_, theta.x, area.x);
  for (std::size_t lane = 0; lane < count; ++lane) {
    const Pass& pass = passes_[first + lane];
    pass.in.trace->crossings[pass.threshold].push_back(
        {pass.in.begin + theta.x[lane] * pass.in.length, pass.in.area + pass.in.length * area.x[lane], pass.below});
  }
}

void sort(Trace& trace) {
  std::stable_sort(trace.lows.begin(), trace.lows.end(), [](const Low& a, const Low& b) { return a.time < b.time; });
  for (auto& list : trace.crossings)
    std::stable_sort(list.begin(), list.end(), [](const Crossing& a, const Crossing& b) { return a.time < b.time; });
}

}  // namespace nadir

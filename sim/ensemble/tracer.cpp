#include "sim/ensemble/tracer.hpp"

#include <algorithm>
#include <span>

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

std::array<bool, threshold_count> below(double count, const std::array<double, threshold_count>& levels) {
  std::array<bool, threshold_count> result{};
  for (std::size_t j = 0; j < threshold_count; ++j) result[j] = count < levels[j];
  return result;
}

}  // namespace

void Followed::start(double count, const std::array<double, threshold_count>& levels, std::size_t marks) {
  trace.clear(marks);
  trace.starts_below = below = nadir::below(count, levels);
  falling = false;
  area = 0.0;
}

Tracer::Tracer(const lanes::Kernels& kernels, const Thresholds& thresholds)
    : kernels_(kernels), levels_(nadir::levels(thresholds)) {}

void Tracer::step(const double* c, int degree, const double* begin, const double* length,
                  const std::array<Followed*, width>& followed) {
  degree_ = degree;
  lanes::Row end, slope, area;
  const unsigned monotone = kernels_.outline(c, degree, {end.x, slope.x, area.x});
  for (std::size_t lane = 0; lane < lane_count; ++lane) {
    Followed* f = followed[lane];
    if (f == nullptr) continue;
    const double first = c[lane], first_slope = c[lane_count + lane];
    if (f->falling && !(first_slope < 0.0)) f->trace.lows.push_back({first, begin[lane]});
    const auto below_first = below(first, levels_), below_last = below(end.x[lane], levels_);
    if (below_first != f->below) {  // a jump between two steps
      for (std::size_t j = 0; j < threshold_count; ++j)
        if (below_first[j] != f->below[j]) f->trace.crossings[j].push_back({begin[lane], f->area, below_first[j]});
    }
    const bool straight = (monotone >> lane & 1u) != 0;
    if (!straight || below_first != below_last) {
      Stretched step{f, begin[lane], length[lane], f->area, {}, below_first, below_last, end.x[lane]};
      for (std::size_t k = 0; k <= static_cast<std::size_t>(degree); ++k) step.c[k] = c[k * lane_count + lane];
      if (straight) {
        passes(step, below_first, below_last, 0.0, 1.0);
      } else {
        turns_.push_back(step);
      }
    }
    f->below = below_last;
    f->falling = straight ? end.x[lane] < first : slope.x[lane] < 0.0;
    f->area += length[lane] * area.x[lane];
  }
}

void Tracer::passes(const Stretched& step, const std::array<bool, threshold_count>& before,
                    const std::array<bool, threshold_count>& after, double low, double high) {
  for (std::size_t j = 0; j < threshold_count; ++j)
    if (before[j] != after[j]) passes_.push_back({step, j, after[j], low, high});
}

void Tracer::flush() {
  for (std::size_t i = 0; i < turns_.size(); i += lane_count) solve_turns(i, std::min(lane_count, turns_.size() - i));
  turns_.clear();
  for (std::size_t i = 0; i < passes_.size(); i += lane_count)
    solve_passes(i, std::min(lane_count, passes_.size() - i));
  passes_.clear();
}

/// Where the count turns within each step: nowhere, once, or, rarely, more often.
void Tracer::solve_turns(std::size_t first, std::size_t count) {
  Rows rows, slopes;
  lanes::Row changes, low, high, zero, theta;
  const auto terms = static_cast<std::size_t>(degree_) + 1;
  for (std::size_t lane = 0; lane < count; ++lane) rows.put(lane, std::span(turns_[first + lane].c).first(terms));
  kernels_.turning_points(rows.c[0].x, degree_, changes.x);
  for (std::size_t lane = 0; lane < count; ++lane) {
    high.x[lane] = changes.x[lane] == 1.0 ? 1.0 : 0.0;
    for (std::size_t k = 1; k < terms; ++k)
      slopes.c[k - 1].x[lane] = static_cast<double>(k) * turns_[first + lane].c[k];
  }
  kernels_.solve(slopes.c[0].x, degree_ - 1, zero.x, low.x, high.x, theta.x);
  for (std::size_t lane = 0; lane < count; ++lane) {
    const Stretched& step = turns_[first + lane];
    if (changes.x[lane] <= 1.0) {
      turn(step, changes.x[lane] == 1.0 ? std::vector{theta.x[lane]} : std::vector<double>{});
    } else {
      std::array<double, most_degree> slope{};
      for (std::size_t k = 1; k < terms; ++k) slope[k - 1] = static_cast<double>(k) * step.c[k];
      turn(step, roots(std::span(slope).first(terms - 1), 0.0, 1.0));
    }
  }
}

/// Divides a step at its turning points and looks at each part, which rises or falls throughout.
void Tracer::turn(const Stretched& step, const std::vector<double>& at) {
  double before = step.c[0], theta = 0.0;
  auto flags = step.below_first;
  for (std::size_t i = 0; i <= at.size(); ++i) {
    const bool last = i == at.size();
    const double next = last ? 1.0 : at[i];
    const double value = last ? step.end : evaluate(step, degree_, next);
    const auto next_flags = last ? step.below_last : below(value, levels_);
    passes(step, flags, next_flags, theta, next);
    if (!last && value < before) {
      const double after = i + 1 == at.size() ? step.end : evaluate(step, degree_, at[i + 1]);
      if (value < after) step.followed->trace.lows.push_back({value, step.begin + next * step.length});
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
    pass.in.followed->trace.crossings[pass.threshold].push_back(
        {pass.in.begin + theta.x[lane] * pass.in.length, pass.in.area + pass.in.length * area.x[lane], pass.below});
  }
}

void sort(Trace& trace) {
  std::stable_sort(trace.lows.begin(), trace.lows.end(), [](const Low& a, const Low& b) { return a.time < b.time; });
  for (auto& list : trace.crossings)
    std::stable_sort(list.begin(), list.end(), [](const Crossing& a, const Crossing& b) { return a.time < b.time; });
}

}  // namespace nadir

#include "sim/ensemble/tracer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "sim/metric/roots.hpp"
#include "sim/metric/window.hpp"

namespace nadir {
namespace {

constexpr double end_of_time = 21.0;

/// A count of random quartics, continuous, with kinks between the steps and all kinds of turns within them.
Curve random_curve(std::mt19937& random, double wildness) {
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  const auto level = [&] { return std::exp(-4.0 + 5.5 * uniform(random)); };
  Curve curve;
  double time = 0.0, value = level();
  while (time < end_of_time) {
    const double length = std::min(0.1 + 2.0 * uniform(random), end_of_time - time);
    Piece piece{time, length, {value}};
    const double next = level();
    for (std::size_t k = 1; k < 4; ++k) piece.c[k] = wildness * (uniform(random) - 0.5);
    piece.c[4] = next - value - piece.c[1] - piece.c[2] - piece.c[3];
    curve.pieces.push_back(piece);
    value = value_at(piece, 1.0);
    time += length;
  }
  curve.pieces.back().length = end_of_time - curve.pieces.back().start;
  return curve;
}

double area_to(const Curve& curve, double time) {
  double sum = 0.0;
  for (const Piece& piece : curve.pieces) {
    const double theta = std::clamp((time - piece.start) / piece.length, 0.0, 1.0);
    for (std::size_t k = 0; k < piece.c.size(); ++k)
      sum += piece.length * piece.c[k] * std::pow(theta, static_cast<double>(k + 1)) / static_cast<double>(k + 1);
  }
  return sum;
}

/// The traces of one curve a lane, as the steps of a crew give them: a lane whose curve has ended makes none.
std::array<Trace, lanes::width> trace(const std::vector<Curve>& curves, const Thresholds& thresholds,
                                      const Marks& marks) {
  std::array<Trace, lanes::width> traces;
  std::array<Trace*, lanes::width> places{};
  Tracer tracer(lanes::kernels(), thresholds, 1);
  std::size_t steps = 0;
  for (std::size_t lane = 0; lane < curves.size(); ++lane) {
    places[lane] = &traces[lane];
    traces[lane].clear(marks.times.size());
    tracer.enter(0, lane, curves[lane].pieces[0].c[0], traces[lane]);
    steps = std::max(steps, curves[lane].pieces.size());
    for (std::size_t i = 0; i < marks.times.size(); ++i) {
      traces[lane].values[i] = value(curves[lane], marks.times[i]);
      traces[lane].areas[i] = area_to(curves[lane], marks.times[i]);
    }
  }
  for (std::size_t step = 0; step < steps; ++step) {
    std::array<lanes::Row, 5> c;
    lanes::Row begin, length;
    unsigned stepped = 0;
    for (std::size_t lane = 0; lane < curves.size(); ++lane) {
      if (step >= curves[lane].pieces.size()) continue;
      const Piece& piece = curves[lane].pieces[step];
      begin.x[lane] = piece.start;
      length.x[lane] = piece.length;
      for (std::size_t k = 0; k < c.size(); ++k) c[k].x[lane] = piece.c[k];
      stepped |= 1u << lane;
    }
    tracer.step(0, c[0].x, 4, begin.x, length.x, stepped, places);
    if (tracer.full()) tracer.flush();
  }
  tracer.flush();
  for (Trace& each : traces) sort(each);
  return traces;
}

class TracerTest : public testing::TestWithParam<double> {};

TEST_P(TracerTest, FindsTheMeasuresOfTheWholeCurve) {
  std::mt19937 random(7);
  const Thresholds thresholds;
  std::vector<double> visits;
  for (int day = 0; day < 21; ++day) visits.push_back(day);
  const Marks marks = make_marks(std::vector<double>{0.0, 7.0, 14.0}, end_of_time, visits);
  for (int round = 0; round < 20; ++round) {
    std::vector<Curve> curves;
    for (int lane = 0; lane < lanes::width; ++lane) curves.push_back(random_curve(random, GetParam()));
    const auto traces = trace(curves, thresholds, marks);
    for (std::size_t lane = 0; lane < curves.size(); ++lane) {
      for (const Window& window : marks.windows) {
        const double from = marks.times[window.from], to = marks.times[window.to];
        const Measures got = measure(traces[lane], thresholds, marks, window);
        const Measures expected = measure(curves[lane], thresholds, from, to, visits);
        for (const MeasureRow& row : measure_rows) {
          const double a = got.*row.member, b = expected.*row.member;
          EXPECT_TRUE(std::fabs(a - b) < 1e-9 || (std::isnan(a) && std::isnan(b)))
              << row.name << " of round " << round << ", lane " << lane << ", from day " << from << ": " << a
              << " instead of " << b;
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Curves, TracerTest, testing::Values(0.0, 1.0, 10.0));

}  // namespace
}  // namespace nadir

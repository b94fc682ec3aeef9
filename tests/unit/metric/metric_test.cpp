#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "sim/metric/below.hpp"
#include "sim/metric/grade.hpp"
#include "sim/metric/measures.hpp"
#include "sim/metric/nadir.hpp"
#include "sim/metric/roots.hpp"
#include "sim/metric/visits.hpp"
#include "sim/metric/window.hpp"

namespace nadir {
namespace {

/// Straight lines through points (time, count).
Curve through(const std::vector<std::pair<double, double>>& points) {
  Curve curve;
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const auto [t0, c0] = points[i];
    const auto [t1, c1] = points[i + 1];
    curve.pieces.push_back({t0, t1 - t0, {c0, c1 - c0, 0, 0, 0}});
  }
  return curve;
}

/// Falls from 4 on day 0 to 0.2 on day 8 and is back at 4 on day 16.
Curve one_cycle() { return through({{0, 4.0}, {8, 0.2}, {16, 4.0}, {21, 4.0}}); }

TEST(Nadir, IsTheLowestCountAndItsDay) {
  const Low low = lowest_count(one_cycle(), 0, 21);
  EXPECT_DOUBLE_EQ(low.count, 0.2);
  EXPECT_DOUBLE_EQ(low.time, 8.0);
}

TEST(Nadir, IsFoundInsideAStepOfTheSolver) {
  const Curve parabola{{{2.0, 4.0, {1.0, -1.2, 1.0, 0, 0}}}};  // lowest at θ = 0.6
  const Low low = lowest_count(parabola, 0, 10);
  EXPECT_NEAR(low.time, 2.0 + 0.6 * 4.0, 1e-12);
  EXPECT_NEAR(low.count, 1.0 - 0.36, 1e-12);
}

TEST(Nadir, OfAWindowDoesNotSeeBeyondIt) {
  EXPECT_DOUBLE_EQ(lowest_count(one_cycle(), 0, 4).count, 2.1);
  EXPECT_TRUE(std::isnan(lowest_count(one_cycle(), 30, 40).count));
}

TEST(SevereNeutropenia, LastsFromCrossingToCrossing) {
  const double slope = 3.8 / 8.0, days = 2.0 * 0.3 / slope;
  EXPECT_NEAR(total(spells_below(one_cycle(), 0.5, 0, 21)), days, 1e-12);
  EXPECT_NEAR(area_below(one_cycle(), 0.5, 0, 21), 0.5 * days * 0.3, 1e-12);
}

TEST(SevereNeutropenia, InTwoSpellsHasATotalAndALongest) {
  const Curve curve = through({{0, 1}, {1, 0}, {2, 1}, {3, 1}, {5, 0}, {7, 1}});
  const auto spells = spells_below(curve, 0.5, 0, 7);
  ASSERT_EQ(spells.size(), 2u);
  EXPECT_NEAR(total(spells), 3.0, 1e-12);
  EXPECT_NEAR(longest(spells), 2.0, 1e-12);
}

TEST(SevereNeutropenia, ThatTouchesTheThresholdOnlyIsNone) {
  const Curve touch{{{0.0, 1.0, {0.75, -1.0, 1.0, 0, 0}}}};  // lowest exactly 0.5
  EXPECT_EQ(total(spells_below(touch, 0.5, 0, 1)), 0.0);
}

TEST(SevereNeutropenia, ThroughoutLastsAsLongAsTheWindow) {
  EXPECT_NEAR(total(spells_below(through({{0, 0.1}, {5, 0.1}, {9, 0.2}}), 0.5, 1, 8)), 7.0, 1e-12);
}

TEST(Roots, OfAQuarticAreAllFound) {
  // (θ − 0.2)(θ − 0.4)(θ − 0.6)(θ − 0.8)
  const Piece piece{0, 1, {0.0384, -0.4, 1.4, -2.0, 1.0}};
  const auto found = crossings(piece, 0.0, 0.0, 1.0);
  ASSERT_EQ(found.size(), 4u);
  for (int i = 0; i < 4; ++i) EXPECT_NEAR(found[i], 0.2 * (i + 1), 1e-12);
  EXPECT_LE(bounds(piece).low, value_at(piece, lowest(piece, 0, 1)));
}

TEST(Recovery, IsTheFirstDayBackAtTheThreshold) {
  const Low low = lowest_count(one_cycle(), 0, 21);
  EXPECT_NEAR(recovery(one_cycle(), 2.0, low, 21), 8.0 + 1.8 / (3.8 / 8.0), 1e-12);
  EXPECT_TRUE(std::isnan(recovery(one_cycle(), 5.0, low, 21)));
  EXPECT_DOUBLE_EQ(recovery(one_cycle(), 0.1, low, 21), 8.0);
}

TEST(Visits, ShowAHigherNadirAndAShorterDurationThanTheTruth) {
  const std::vector<double> weekly{0, 7, 14, 21};
  const Visits seen = sample(one_cycle(), weekly);
  EXPECT_GT(lowest_count(seen).count, 0.2);
  EXPECT_EQ(spells_below(seen, 0.5, 21).total, 0.0);
  const Visits daily{{0, 1, 2, 3, 4}, {1.0, 0.4, 0.3, 0.6, 0.2}};
  EXPECT_DOUBLE_EQ(spells_below(daily, 0.5, 5).total, 3.0);
  EXPECT_DOUBLE_EQ(spells_below(daily, 0.5, 5).longest, 2.0);
}

TEST(SevereNeutropenia, ThatTouchesTheThresholdFromBelowIsOneSpell) {
  for (int i = 1; i < 100; ++i) {  // highest exactly 0.5, at θ = 0.01·i
    const double top = 0.01 * i;
    const Curve touch{{{0.0, 10.0, {0.5 - top * top, 2.0 * top, -1.0, 0, 0}}}};
    EXPECT_EQ(spells_below(touch, 0.5, 0, 10).size(), 1u) << top;
  }
}

TEST(Measures, WithoutABloodTestKnowNoDurationAtVisits) {
  EXPECT_TRUE(std::isnan(measure(one_cycle(), {}, 0, 21, {}).dsn_visits));
  EXPECT_FALSE(std::isnan(measure(one_cycle(), {}, 0, 21, {}).dsn));
}

TEST(Visits, ThatWereMissedArePassedOver) {
  const Visits visits{{0, 1, 2, 3}, {1.0, 0.4, std::nan(""), 0.8}};
  EXPECT_DOUBLE_EQ(spells_below(visits, 0.5, 4).total, 2.0);
  EXPECT_DOUBLE_EQ(lowest_count(visits).count, 0.4);
}

TEST(Grade, FollowsCtcaeVersion5) {
  const GradeScale& anc = *grade_scale("anc");
  EXPECT_EQ(grade(anc, 2.0), 0);
  EXPECT_EQ(grade(anc, 1.99), 1);
  EXPECT_EQ(grade(anc, 1.49), 2);
  EXPECT_EQ(grade(anc, 0.99), 3);
  EXPECT_EQ(grade(anc, 0.5), 3);
  EXPECT_EQ(grade(anc, 0.49), 4);
  EXPECT_EQ(grade(anc, std::nan("")), -1);
  EXPECT_EQ(grade(*grade_scale("wbc"), 1.5), 3);
  EXPECT_EQ(grade(*grade_scale("alc"), 0.1), 4);
  EXPECT_EQ(grade_scale("docetaxel"), nullptr);
}

TEST(Measures, OfACourseThatEndedEarlyAreNotNumbers) {
  Curve short_course = one_cycle();
  short_course.pieces.pop_back();
  const Measures m = measure(short_course, {}, 0, 21, {});
  for (const MeasureRow& row : measure_rows) EXPECT_TRUE(std::isnan(m.*row.member)) << row.name;
}

TEST(Measures, CountTimesFromTheStartOfTheWindow) {
  const Curve later = through({{0, 4.0}, {21, 4.0}, {29, 0.2}, {37, 4.0}, {42, 4.0}});
  const Measures m = measure(later, {}, 21, 42, std::vector<double>{0, 8});
  EXPECT_NEAR(m.nadir_time, 8.0, 1e-12);
  EXPECT_NEAR(m.nadir_visits_time, 8.0, 1e-12);
  EXPECT_NEAR(m.recovery, 8.0 + 1.8 / (3.8 / 8.0), 1e-12);
}

TEST(Curve, HasItsValuesBetweenTheStepsToo) {
  EXPECT_DOUBLE_EQ(value(one_cycle(), 4.0), 2.1);
  EXPECT_DOUBLE_EQ(value(one_cycle(), 0.0), 4.0);
  EXPECT_DOUBLE_EQ(value(one_cycle(), 21.0), 4.0);
  EXPECT_TRUE(std::isnan(value(one_cycle(), 21.1)));
}

}  // namespace
}  // namespace nadir

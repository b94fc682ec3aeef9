#include "sim/ensemble/grid.hpp"

#include <gtest/gtest.h>

#include "tests/support/scenarios.hpp"

namespace nadir {
namespace {

using namespace test;

Plan two_cycles() {
  return plan_of(
      "format = 1\n[time]\nend = \"10 d\"\nsample = \"2 d\"\n[metrics]\nvisits = [0, 3]\n[covariates]\nbsa = 1.8\n"
      "[[marrow]]\nmodel = \"netterberg2017\"\n" +
      treatment({"docetaxel", "\"docetaxel_bruno1996\"", "\"netterberg2017_docetaxel\"", "75 mg/m^2",
                 "every = \"5 d\"\ncycles = 2\n"}));
}

TEST(Grid, HoldsTheStoredTimesAndTheMarksOnceEachInOrder) {
  const Plan plan = two_cycles();
  const Grid grid = make_grid(plan);
  std::vector<double> times, stored, marked;
  for (const GridPoint& point : grid.points) {
    times.push_back(point.time);
    if (point.series >= 0) stored.push_back(plan.times[static_cast<std::size_t>(point.series)]);
    if (point.mark >= 0) marked.push_back(grid.marks.times[static_cast<std::size_t>(point.mark)]);
  }
  EXPECT_EQ(times, (std::vector<double>{0, 2, 3, 4, 5, 6, 8, 10}));
  EXPECT_EQ(stored, plan.times);
  EXPECT_EQ(marked, (std::vector<double>{0, 3, 5, 8, 10}));
}

TEST(Grid, WantsIntegralsWhereAWindowBeginsOrEnds) {
  for (const GridPoint& point : make_grid(two_cycles()).points)
    EXPECT_EQ(point.boundary, point.time == 0.0 || point.time == 5.0 || point.time == 10.0) << point.time;
}

}  // namespace
}  // namespace nadir

// nadir against Boost.Odeint's scalar dopri5 on all eight states, for the same patients in the same run: docetaxel
// every three weeks, six cycles, relative tolerance 1e-6. Prints the ratio of the medians of five interleaved rounds
// and the worst difference of the counts. Run it on an idle machine: build/release/benchmarks/ensemble_benchmark

#include <fmt/format.h>

#include <algorithm>
#include <boost/numeric/odeint/integrate/integrate_adaptive.hpp>
#include <boost/numeric/odeint/stepper/generation.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>
#include <chrono>
#include <cmath>

#include "sim/ensemble/simulate.hpp"
#include "tests/support/full_system.hpp"

namespace {

using namespace nadir;
using test::FullSystem;

constexpr std::size_t patients = 20;
constexpr int cycles = 6;

/// Counts once a day by Boost.Odeint.
std::vector<double> by_odeint(const Plan& plan, const Subject& subject) {
  namespace odeint = boost::numeric::odeint;
  FullSystem system{plan, subject.parameters[0]};
  auto x = system.rest();
  std::vector<double> counts{x[7]};
  const auto stepper = odeint::make_controlled<odeint::runge_kutta_dopri5<FullSystem::State>>(1e-9, 1e-6);
  for (int cycle = 0; cycle < cycles; ++cycle) {
    const double start = 21.0 * cycle, end_of_infusion = start + subject.timeline.doses[0].duration;
    system.rate = subject.timeline.doses[0].amount / subject.timeline.doses[0].duration;
    odeint::integrate_adaptive(stepper, system, x, start, end_of_infusion, 1e-4);
    system.rate = 0.0;
    for (int day = 0; day < 21; ++day) {
      odeint::integrate_adaptive(stepper, system, x, day == 0 ? end_of_infusion : start + day, start + day + 1, 1e-3);
      counts.push_back(x[7]);
    }
  }
  return counts;
}

template <class Work>
double seconds(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int main() {
  const Plan plan = check(read_scenario(
      "docetaxel_q3w", {.settings = {"solver.relative=1e-6", "solver.absolute=1e-9", "time.sample=1 d"}}));
  std::vector<double> ours, theirs;
  double worst = 0.0;
  for (int round = 0; round < 5; ++round) {
    std::vector<Course> courses;
    std::vector<std::vector<double>> references;
    ours.push_back(seconds([&] {
      for (std::size_t i = 0; i < patients; ++i) courses.push_back(simulate(plan, make_subject(plan, i)));
    }));
    theirs.push_back(seconds([&] {
      for (std::size_t i = 0; i < patients; ++i) references.push_back(by_odeint(plan, make_subject(plan, i)));
    }));
    for (std::size_t i = 0; i < patients; ++i)
      for (std::size_t day = 0; day < references[i].size(); ++day)
        worst = std::max(worst, std::fabs(courses[i].count_series[0][day] / references[i][day] - 1.0));
  }
  std::sort(ours.begin(), ours.end());
  std::sort(theirs.begin(), theirs.end());
  fmt::print("nadir, kinetics in closed form   {:8.1f} us/patient\n", ours[2] / patients * 1e6);
  fmt::print("Boost.Odeint dopri5, all states  {:8.1f} us/patient\n", theirs[2] / patients * 1e6);
  fmt::print("ratio {:.1f}, worst relative difference of a count {:.1e}\n", theirs[2] / ours[2], worst);
  return 0;
}

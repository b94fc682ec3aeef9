#include "benchmarks/cvode.hpp"

#include "tests/support/bdf.hpp"

namespace nadir::benchmark {

namespace {

/// Restarts at each dose and at each end of an infusion; stored times are interpolated.
template <class Problem>
std::vector<double> solve(Problem problem, double relative, double absolute) {
  const auto start = problem.rest();
  std::array<double, Problem::states> tolerances;
  tolerances.fill(absolute);
  test::Bdf<Problem> solver(problem, start, relative, tolerances);
  std::vector<double> counts{problem.count(start.data())};
  for (const Stretch& stretch : problem.schedule()) {
    solver.state()[stretch.dose.state] += stretch.dose.amount;
    problem.infusion = stretch.infusion;
    solver.restart(stretch.begin, stretch.end);
    for (const double time : stretch.stored) {
      solver.advance(time);
      counts.push_back(problem.count(solver.state()));
    }
    if (stretch.stored.empty() || stretch.stored.back() < stretch.end) solver.advance(stretch.end);
  }
  return counts;
}

}  // namespace

std::vector<double> cvode_problem_a(const PatientA& patient, double relative, double absolute) {
  return solve(ProblemA(patient), relative, absolute);
}
std::vector<double> cvode_problem_b(const PatientB& patient, double relative, double absolute) {
  return solve(ProblemB(patient), relative, absolute);
}
std::vector<double> cvode_craig(const CraigPatient& patient, double relative, double absolute) {
  return solve(CraigProblem(patient), relative, absolute);
}

}  // namespace nadir::benchmark

#include "benchmarks/odeint.hpp"

#include <boost/numeric/odeint/algebra/array_algebra.hpp>
#include <boost/numeric/odeint/integrate/integrate_adaptive.hpp>
#include <boost/numeric/odeint/integrate/integrate_times.hpp>
#include <boost/numeric/odeint/stepper/generation.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_fehlberg78.hpp>

#include "benchmarks/three_compartments.hpp"

namespace nadir::benchmark {

namespace {

namespace odeint = boost::numeric::odeint;

/// A problem as odeint calls it.
template <class Problem>
struct System {
  const Problem& problem;
  void operator()(const typename Problem::State& x, typename Problem::State& dx, double t) const {
    problem.rates(t, x.data(), dx.data());
  }
};

template <class State>
using Dopri5 = odeint::runge_kutta_dopri5<State, double, State, double, odeint::array_algebra>;

/// Goes over a stretch to its end and stores the counts on the way.
template <class Problem>
void integrate(const Problem& problem, const Stretch& stretch, typename Problem::State& x, double relative,
               double absolute, double first_step, std::vector<double>& counts) {
  std::vector<double> times{stretch.begin};
  times.insert(times.end(), stretch.stored.begin(), stretch.stored.end());
  if (times.back() < stretch.end) times.push_back(stretch.end);
  std::size_t seen = 0;
  const auto store = [&](const typename Problem::State& at, double) {
    if (seen > 0 && seen <= stretch.stored.size()) counts.push_back(problem.count(at.data()));
    ++seen;
  };
  odeint::integrate_times(odeint::make_dense_output<Dopri5<typename Problem::State>>(absolute, relative),
                          System<Problem>{problem}, x, times.begin(), times.end(), first_step, store);
}

/// All stretches of a problem whose equations know its infusion.
template <class Problem>
std::vector<double> solve(Problem problem, double relative, double absolute, double first_step) {
  auto x = problem.rest();
  std::vector<double> counts{problem.count(x.data())};
  for (const Stretch& stretch : problem.schedule()) {
    x[static_cast<std::size_t>(stretch.dose.state)] += stretch.dose.amount;
    problem.infusion = stretch.infusion;
    integrate(problem, stretch, x, relative, absolute, first_step, counts);
  }
  return counts;
}

/// The marrow of problem A under a drug solved in closed form.
struct CellsOfA {
  using State = std::array<double, 5>;
  const ProblemA& problem;
  const ThreeCompartments& drug;
  double count(const double* x) const { return x[4]; }
  void rates(double t, const double* x, double* dx) const { problem.cells(problem.effect * drug.central(t), x, dx); }
};

}  // namespace

std::vector<double> odeint_problem_a(const PatientA& patient, double relative, double absolute) {
  return solve(ProblemA(patient), relative, absolute, 1e-2);
}

std::vector<double> odeint_problem_a_closed_form(const PatientA& patient, double relative, double absolute) {
  const ProblemA problem(patient);
  ThreeCompartments drug(problem.k10, problem.k12, problem.k21, problem.k13, problem.k31);
  CellsOfA::State x;
  x.fill(problem.circ0);
  std::vector<double> counts{problem.circ0};
  for (const Stretch& stretch : ProblemA::schedule()) {
    drug.start(stretch.begin, stretch.infusion);
    integrate(CellsOfA{problem, drug}, stretch, x, relative, absolute, 1e-2, counts);
  }
  return counts;
}

std::vector<double> odeint_problem_b(const PatientB& patient, double relative, double absolute) {
  return solve(ProblemB(patient), relative, absolute, 1e-3);
}

std::vector<double> odeint_craig(const CraigPatient& patient, double relative, double absolute) {
  return solve(CraigProblem(patient), relative, absolute, 1e-4);
}

std::vector<double> reference_craig(const CraigPatient& patient) {
  using State = CraigProblem::State;
  using Fehlberg = odeint::runge_kutta_fehlberg78<State, double, State, double, odeint::array_algebra>;
  CraigProblem problem(patient);
  State x = problem.rest();
  std::vector<double> counts{problem.count(x.data())};
  for (const Stretch& stretch : problem.schedule()) {
    x[static_cast<std::size_t>(stretch.dose.state)] += stretch.dose.amount;
    problem.infusion = stretch.infusion;
    double t = stretch.begin;
    const auto advance = [&](double until) {
      if (until > t)
        odeint::integrate_adaptive(odeint::make_controlled<Fehlberg>(1e-16, 1e-13), System<CraigProblem>{problem}, x, t,
                                   until, 1e-5);
      t = until;
    };
    for (const double time : stretch.stored) {
      advance(time);
      counts.push_back(problem.count(x.data()));
    }
    advance(stretch.end);
  }
  return counts;
}

}  // namespace nadir::benchmark

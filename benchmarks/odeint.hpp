#pragma once
/// The benchmark's problems by Boost.Odeint: its dense-output dopri5, scalar, one patient at a time, states on the
/// stack. Returns the counts at time 0 and at the stored times.

#include <vector>

#include "benchmarks/craig_problem.hpp"
#include "benchmarks/problem_a.hpp"
#include "benchmarks/problem_b.hpp"

namespace nadir::benchmark {

std::vector<double> odeint_problem_a(const PatientA& patient, double relative, double absolute);
/// The drug's three compartments in closed form; five states are left.
std::vector<double> odeint_problem_a_closed_form(const PatientA& patient, double relative, double absolute);
std::vector<double> odeint_problem_b(const PatientB& patient, double relative, double absolute);
std::vector<double> odeint_craig(const CraigPatient& patient, double relative, double absolute);

/// The Craig chain by Runge–Kutta–Fehlberg 7(8) at a tolerance of 1e-13: what errors are measured against.
std::vector<double> reference_craig(const CraigPatient& patient);

}  // namespace nadir::benchmark

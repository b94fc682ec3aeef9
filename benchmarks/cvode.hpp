#pragma once
/// The benchmark's problems by SUNDIALS CVODE: backward differentiation, dense, with the Jacobian written by hand.
/// Returns the counts at time 0 and at the stored times.

#include <vector>

#include "benchmarks/craig_problem.hpp"
#include "benchmarks/problem_a.hpp"
#include "benchmarks/problem_b.hpp"

namespace nadir::benchmark {

std::vector<double> cvode_problem_a(const PatientA& patient, double relative, double absolute);
std::vector<double> cvode_problem_b(const PatientB& patient, double relative, double absolute);
std::vector<double> cvode_craig(const CraigPatient& patient, double relative, double absolute);

}  // namespace nadir::benchmark

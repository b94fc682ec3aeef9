// The baselines against the reference solutions: worst error and time a patient of each, and nadir's own answer to the
// same problems, so that a ratio compares the same work. Run it on an idle machine: build/release/benchmarks/baselines

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "benchmarks/cvode.hpp"
#include "benchmarks/fma_peak.hpp"
#include "benchmarks/odeint.hpp"
#include "benchmarks/patients.hpp"
#include "sim/ensemble/simulate.hpp"

namespace {

using namespace nadir;
using namespace nadir::benchmark;
using Counts = std::vector<double>;

/// Prints the worst and the median patient's largest relative error, and the mean time of a patient.
template <class Solve>
void report(const char* what, const std::vector<Counts>& reference, Solve solve) {
  std::vector<double> errors;
  const auto start = std::chrono::steady_clock::now();
  std::vector<Counts> found;
  for (std::size_t i = 0; i < reference.size(); ++i) found.push_back(solve(i));
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  for (std::size_t i = 0; i < reference.size(); ++i) {
    double worst = found[i].size() == reference[i].size() ? 0.0 : std::nan("");
    for (std::size_t k = 0; k < found[i].size(); ++k)
      worst = std::max(worst, std::fabs(found[i][k] / reference[i][k] - 1.0));
    errors.push_back(worst);
  }
  std::sort(errors.begin(), errors.end());
  fmt::print("  {:<44} {:>10.1f} us/patient   error worst {:.1e}, median {:.1e}\n", what,
             seconds / static_cast<double>(reference.size()) * 1e6, errors.back(), errors[errors.size() / 2]);
  std::fflush(stdout);
}

Counts by_nadir(const Plan& plan, std::size_t i) { return simulate(plan, make_subject(plan, i)).count_series[0]; }

void problem_a() {
  const auto patients = patients_a();
  const auto reference = reference_a();
  fmt::print("problem A, {} patients, relative 1e-6, absolute 1e-9\n", reference.size());
  report("Boost.Odeint dopri5, eight states", reference,
         [&](auto i) { return odeint_problem_a(patients[i], 1e-6, 1e-9); });
  report("Boost.Odeint dopri5, kinetics in closed form", reference,
         [&](auto i) { return odeint_problem_a_closed_form(patients[i], 1e-6, 1e-9); });
  report("SUNDIALS CVODE BDF, eight states", reference,
         [&](auto i) { return cvode_problem_a(patients[i], 1e-6, 1e-9); });
  const Plan plan = plan_a(reference.size());
  report("nadir, one patient after the other", reference, [&](auto i) { return by_nadir(plan, i); });
}

void problem_b() {
  const auto patients = patients_b();
  const auto reference = reference_b();
  fmt::print("problem B, {} patients, relative 1e-6, absolute 1e-9\n", reference.size());
  report("Boost.Odeint dopri5", reference, [&](auto i) { return odeint_problem_b(patients[i], 1e-6, 1e-9); });
  report("SUNDIALS CVODE BDF", reference, [&](auto i) { return cvode_problem_b(patients[i], 1e-6, 1e-9); });
  const Plan plan = plan_b(reference.size());
  report("nadir, one patient after the other", reference, [&](auto i) { return by_nadir(plan, i); });
}

void craig() {
  constexpr std::size_t count = 20;
  const Plan plan = plan_craig(count);
  std::vector<CraigPatient> patients;
  std::vector<Counts> reference;
  for (std::size_t i = 0; i < count; ++i) {
    patients.push_back(craig_patient(plan, i));
    reference.push_back(reference_craig(patients.back()));
  }
  fmt::print("Craig chain, {} patients, relative 1e-6, absolute 1e-9\n", count);
  report("Boost.Odeint dopri5", reference, [&](auto i) { return odeint_craig(patients[i], 1e-6, 1e-9); });
  report("SUNDIALS CVODE BDF", reference, [&](auto i) { return cvode_craig(patients[i], 1e-6, 1e-9); });
  report("nadir, one patient after the other", reference, [&](auto i) { return by_nadir(plan, i); });
}

}  // namespace

int main() {
  const FmaPeak peak = fma_peak();
  fmt::print("core: {:.0f} GF/s of double multiply-adds, {}\n", peak.flops / 1e9, peak.vectors);
  if (has_patients()) {
    problem_a();
    problem_b();
  } else {
    fmt::print("NOT MEASURED: problems A and B, whose patients are not on this machine (NADIR_SHARED_DATA)\n");
  }
  craig();
  return 0;
}

// nadir against Boost.Odeint and SUNDIALS CVODE: the same patients in the same run, one thread each, the variants
// interleaved, medians of the rounds. Prints ratios, the errors that were reached, and how near the core's peak nadir
// comes. Run it on an idle machine: build/release/benchmarks/ensemble_benchmark [rounds]

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <string>

#include "benchmarks/cvode.hpp"
#include "benchmarks/fma_peak.hpp"
#include "benchmarks/odeint.hpp"
#include "benchmarks/patients.hpp"
#include "sim/ensemble/engine.hpp"
#include "sim/ensemble/method.hpp"
#include "sim/lanes/kernels.hpp"

namespace {

using namespace nadir;
using namespace nadir::benchmark;
using Counts = std::vector<std::vector<double>>;

double seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> x) {
  std::sort(x.begin(), x.end());
  return x[x.size() / 2];
}

/// One way of solving a problem: its time per patient in each round, and the counts of the reference's patients.
struct Variant {
  std::string name;
  std::size_t patients = 0;
  std::function<void()> run;
  std::function<Counts()> counts;
  std::vector<double> times;
};

struct Error {
  double median = 0.0, worst = 0.0;
};

/// By patient, the largest relative difference of a count.
Error error_of(const Counts& counts, const Counts& reference) {
  std::vector<double> worst;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    worst.push_back(0.0);
    for (std::size_t t = 0; t < counts[i].size(); ++t)
      worst.back() = std::max(worst.back(), std::fabs(counts[i][t] / reference[i][t] - 1.0));
  }
  return {median(worst), *std::max_element(worst.begin(), worst.end())};
}

/// nadir's public engine on one thread, with everything that a run stores by default.
Variant ours(std::string name, const Plan& plan, std::size_t compared, const lanes::Kernels& kernels) {
  const auto simulated = [&kernels](const Plan& p) {
    Results results(p, 0, p.patients);
    simulate(p, results, {.threads = 1, .kernels = &kernels});
    return results;
  };
  return {std::move(name),
          plan.patients,
          [=] { simulated(plan); },
          [=] {
            Plan few = plan;
            few.patients = compared;
            const Results results = simulated(few);
            Counts counts(compared);
            for (std::size_t i = 0; i < compared; ++i)
              for (std::size_t t = 0; t < results.times; ++t)
                counts[i].push_back(results.series[0][i * results.times + t]);
            return counts;
          },
          {}};
}

/// Another solver, one patient after the other.
template <class Patient, class Solve>
Variant theirs(std::string name, const std::vector<Patient>& patients, std::size_t timed, Solve solve) {
  return {std::move(name),
          timed,
          [=] {
            for (std::size_t i = 0; i < timed; ++i) solve(patients[i % patients.size()]);
          },
          [=] {
            Counts counts;
            for (const Patient& patient : patients) counts.push_back(solve(patient));
            return counts;
          },
          {}};
}

/// The first variant is the one that the others are compared with.
void compare(const std::string& title, std::vector<Variant> variants, const Counts& reference, int rounds) {
  std::vector<double> peaks;
  for (int round = 0; round < rounds; ++round) {
    peaks.push_back(fma_peak().flops);
    for (Variant& variant : variants)
      variant.times.push_back(seconds(variant.run) / static_cast<double>(variant.patients));
  }
  fmt::print("\n{}\n  {:<44} {:>12} {:>8}   error: worst, median\n", title, "", "us/patient", "ratio");
  const double first = median(variants.front().times);
  for (const Variant& variant : variants) {
    const double time = median(variant.times);
    const Error error = error_of(variant.counts(), reference);
    fmt::print("  {:<44} {:>12.2f} {:>8.1f}   {:.1e}, {:.1e}\n", variant.name, time * 1e6, first / time, error.worst,
               error.median);
    std::fflush(stdout);
  }
  fmt::print("  {:<44} {:>12.1f}\n", "this core's FMA peak meanwhile [GF/s]", median(peaks) / 1e9);
}

void problem_a(int rounds) {
  const auto patients = patients_a();
  std::vector<Variant> variants{
      theirs("Boost.Odeint dopri5, eight states", patients, 4, [](auto& p) { return odeint_problem_a(p, 1e-6, 1e-9); }),
      theirs("Boost.Odeint dopri5, kinetics in closed form", patients, 40,
             [](auto& p) { return odeint_problem_a_closed_form(p, 1e-6, 1e-9); })};
  const Plan plan = plan_a(2000);
  for (const lanes::Kernels* kernels : lanes::available_kernels())
    variants.push_back(ours(fmt::format("nadir, {}, {}", method_of(plan).name, kernels->name), plan, 100, *kernels));
  compare("A: docetaxel, Friberg 2002; six cycles, 127 stored times", std::move(variants), reference_a(), rounds);
}

void problem_b(int rounds) {
  const auto patients = patients_b();
  std::vector<Variant> variants{
      theirs("SUNDIALS CVODE BDF, analytic Jacobian", patients, 4,
             [](auto& p) { return cvode_problem_b(p, 1e-6, 1e-9); }),
      theirs("Boost.Odeint dopri5", patients, 2, [](auto& p) { return odeint_problem_b(p, 1e-6, 1e-9); })};
  for (const char* tolerance : {"1e-6", "2e-5"}) {
    const Plan plan = plan_b(500, {fmt::format("solver.relative={}", tolerance)});
    for (const lanes::Kernels* kernels : lanes::available_kernels())
      variants.push_back(ours(fmt::format("nadir, {} at {}, {}", method_of(plan).name, tolerance, kernels->name), plan,
                              100, *kernels));
  }
  compare("B: filgrastim with receptor binding; ten doses, 113 stored times", std::move(variants), reference_b(),
          rounds);
}

void craig(int rounds) {
  constexpr std::size_t compared = 20;
  const Plan plan = plan_craig(200);
  std::vector<CraigPatient> patients;
  Counts reference;
  for (std::size_t i = 0; i < compared; ++i) {
    patients.push_back(craig_patient(plan, i));
    reference.push_back(reference_craig(patients.back()));
  }
  std::vector<Variant> variants{
      theirs("SUNDIALS CVODE BDF, analytic Jacobian", patients, 2, [](auto& p) { return cvode_craig(p, 1e-6, 1e-9); }),
      theirs("Boost.Odeint dopri5", patients, 2, [](auto& p) { return odeint_craig(p, 1e-6, 1e-9); })};
  for (const char* tolerance : {"1e-6", "7e-5"}) {
    const Plan at = plan_craig(200, {fmt::format("solver.relative={}", tolerance)});
    for (const lanes::Kernels* kernels : lanes::available_kernels())
      variants.push_back(ours(fmt::format("nadir, {} at {}, {}", method_of(at).name, tolerance, kernels->name), at,
                              compared, *kernels));
  }
  compare("Craig chain, 21 states; six cycles of Zalypsis, sixty doses of filgrastim", std::move(variants), reference,
          rounds);
}

}  // namespace

int main(int argc, char** argv) {
  if (!has_patients()) {
    fmt::print("the patients of the benchmark are not on this machine; see benchmarks/README.md\n");
    return 2;
  }
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 5;
  const std::string which = argc > 2 ? argv[2] : "ABC";
  if (which.find('A') != std::string::npos) problem_a(rounds);
  if (which.find('B') != std::string::npos) problem_b(rounds);
  if (which.find('C') != std::string::npos) craig(rounds);
  return 0;
}

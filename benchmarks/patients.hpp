#pragma once
/// The patients of the benchmark's problems and their reference solutions, from the shared data.

#include <vector>

#include "benchmarks/craig_problem.hpp"
#include "benchmarks/problem_a.hpp"
#include "benchmarks/problem_b.hpp"
#include "sim/scenario/plan.hpp"

namespace nadir::benchmark {

/// Whether the shared data are on this machine.
bool has_patients();

std::vector<PatientA> patients_a();
std::vector<PatientB> patients_b();
/// Counts by patient and stored time.
std::vector<std::vector<double>> reference_a();
std::vector<std::vector<double>> reference_b();

/// benchmarks/scenarios/problem_a.toml and problem_b.toml with the patients as event tables; `count` patients, the same
/// ones again and again where there are fewer. Settings as of --set.
Plan plan_a(std::size_t count, const std::vector<std::string>& settings = {});
Plan plan_b(std::size_t count, const std::vector<std::string>& settings = {});

/// benchmarks/scenarios/craig.toml, whose patients are drawn, and their parameters in the units of the rows.
Plan plan_craig(std::size_t count, const std::vector<std::string>& settings = {});
CraigPatient craig_patient(const Plan& plan, std::uint64_t index);

}  // namespace nadir::benchmark

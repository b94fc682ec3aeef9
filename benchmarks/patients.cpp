#include "benchmarks/patients.hpp"

#include <fstream>

#include "sim/ensemble/subject.hpp"
#include "tests/support/scenarios.hpp"
#include "tests/support/shared_data.hpp"

namespace nadir::benchmark {

namespace {

using test::read_numbers;
using test::shared_file;

/// The last column of a reference file, by patient.
std::vector<std::vector<double>> reference(const char* name) {
  std::vector<std::vector<double>> list;
  for (const auto& row : read_numbers(shared_file(name))) {
    if (list.size() < static_cast<std::size_t>(row[0])) list.emplace_back();
    list.back().push_back(row[2]);
  }
  return list;
}

/// Where the patients of a problem come from and what is written before them.
struct TableOf {
  const char *scenario, *patients, *dose, *columns;
  double last = 1.0;  ///< factor of the last parameter
};

/// The scenario with an event table of one dose line a patient, followed by the parameters of the file.
Plan plan_with_table(const TableOf& source, std::size_t count, std::vector<std::string> settings) {
  const test::Folder folder;
  std::ofstream table(folder / "patients.csv");
  table.precision(17);
  table << "ID,TIME," << source.columns << "\n";
  for (const auto& row : read_numbers(shared_file(source.patients))) {
    table << row[0] << ",0," << source.dose;
    for (std::size_t i = 1; i < row.size(); ++i) table << "," << row[i] * (i + 1 == row.size() ? source.last : 1.0);
    table << "\n";
  }
  table.close();
  settings.push_back("events.file=" + (folder / "patients.csv").string());
  const Overrides overrides{.settings = std::move(settings), .patients = static_cast<std::int64_t>(count)};
  return check(read_scenario(std::string(NADIR_SOURCE_DIR) + "/benchmarks/scenarios/" + source.scenario, overrides));
}

}  // namespace

bool has_patients() { return std::filesystem::exists(shared_file("benchmark/patients_A_100.csv")); }

std::vector<PatientA> patients_a() {
  std::vector<PatientA> list;
  for (const auto& row : read_numbers(shared_file("benchmark/patients_A_100.csv")))
    list.push_back({row[1], row[2], row[3], row[4], row[5]});
  return list;
}

std::vector<PatientB> patients_b() {
  std::vector<PatientB> list;
  for (const auto& row : read_numbers(shared_file("benchmark/patients_B_100.csv")))
    list.push_back({row[1], row[2], row[3], row[4], row[5]});
  return list;
}

std::vector<std::vector<double>> reference_a() { return reference("benchmark/reference_A_100.csv.gz"); }
std::vector<std::vector<double>> reference_b() { return reference("benchmark/reference_B_100.csv.gz"); }

Plan plan_a(std::size_t count, const std::vector<std::string>& settings) {
  // The problem takes 808 g/mol, the kinetics 807.9.
  return plan_with_table({"problem_a.toml", "benchmark/patients_A_100.csv", "180,180,504,5,1",
                          "AMT,RATE,II,ADDL,EVID,CL,V1,CIRC0,MTT,SLOPE", 807.9 / 808.0},
                         count, settings);
}

Plan plan_b(std::size_t count, const std::vector<std::string>& settings) {
  return plan_with_table(
      {"problem_b.toml", "benchmark/patients_B_100.csv", "300,24,9,1", "AMT,II,ADDL,EVID,KEL,VD,KSI,NB0,SC1"}, count,
      settings);
}

Plan plan_craig(std::size_t count, const std::vector<std::string>& settings) {
  const Overrides overrides{.settings = settings, .patients = static_cast<std::int64_t>(count)};
  return check(read_scenario(NADIR_SOURCE_DIR "/benchmarks/scenarios/craig.toml", overrides));
}

CraigPatient craig_patient(const Plan& plan, std::uint64_t index) {
  const auto internal = make_subject(plan, index).parameters[0];
  std::array<double, Craig2016::params.size()> values;
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = internal[i] / Craig2016::params[i].parsed.factor;
  return __builtin_bit_cast(CraigPatient, values);
}

}  // namespace nadir::benchmark

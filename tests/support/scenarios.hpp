#pragma once
/// Scenarios that read as sentences.

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <utility>

#include "sim/ensemble/run.hpp"
#include "sim/ensemble/simulate.hpp"
#include "sim/metric/grade.hpp"
#include "sim/metric/measures.hpp"
#include "sim/metric/nadir.hpp"
#include "sim/metric/window.hpp"
#include "sim/model/registry.hpp"
#include "sim/scenario/plan.hpp"

namespace nadir::test {

/// What a [[treatment]] says besides the drug's name.
struct Treatment {
  std::string drug, kinetics, effect, dose, rest;
};

inline std::string treatment(const Treatment& t) {
  const std::string effect = t.effect.empty() ? "" : "effect = " + t.effect + "\n";
  return "[[treatment]]\ndrug = \"" + t.drug + "\"\nkinetics = " + t.kinetics + "\n" + effect + "dose = \"" + t.dose +
         "\"\n" + t.rest + "\n";
}

/// One patient with typical values: a marrow ("model = …, set = …"), a treatment, so many days.
inline std::string typical_patient(const std::string& marrow, const std::string& treatments, double days,
                                   const std::string& more = "[covariates]\nbsa = 1.8\n") {
  return "format = 1\n[ensemble]\npatients = 1\nvariability = false\n[time]\nend = \"" + std::to_string(days) +
         " d\"\nsample = \"1 h\"\n" + more + (marrow.empty() ? "" : "[[marrow]]\n" + marrow + "\n") + treatments;
}

inline Plan plan_of(const std::string& text, const Overrides& overrides = {}) {
  return check(read_scenario_text(text, "test.toml", overrides));
}

/// The course of the only patient.
inline Course course_of(const std::string& text) {
  const Plan plan = plan_of(text);
  return simulate(plan, make_subject(plan, 0));
}

inline Measures measures_of(const Course& course, double days, std::size_t marrow = 0) {
  return measure(course.counts.at(marrow), {}, 0.0, days, {});
}

inline const Variable& variable(const Dataset& dataset, const std::string& name) {
  for (const Variable& v : dataset.variables)
    if (v.name == name) return v;
  throw std::runtime_error("no variable " + name);
}

template <class T>
const std::vector<T>& values(const Dataset& dataset, const std::string& name) {
  return std::get<std::vector<T>>(variable(dataset, name).values);
}

/// A folder of the test's own, removed at its end.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "nadir-test-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace nadir::test

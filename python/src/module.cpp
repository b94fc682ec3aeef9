#include <pybind11/functional.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <optional>

#include "python/src/to_python.hpp"
#include "sim/ensemble/run.hpp"
#include "sim/ensemble/summary.hpp"
#include "sim/ensemble/version.hpp"
#include "sim/model/registry.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/scenario/plan.hpp"

namespace nadir::python {

namespace {

/// Where a scenario comes from: a path, or its text with a name for messages and relative paths.
Plan make_plan(const std::string& source, bool is_text, const std::string& name, std::optional<std::int64_t> patients,
               std::optional<std::int64_t> seed, const std::vector<std::string>& settings) {
  const Overrides overrides{settings, patients, seed};
  return check(is_text ? read_scenario_text(source, name, overrides) : read_scenario(source, overrides));
}

/// Runs with the GIL released; the calling thread takes it twenty times a second to see signals and show progress.
Dataset run_released(const Plan& plan, unsigned threads, const py::object& progress) {
  std::optional<py::error_already_set> raised;
  const auto tick = [&](std::size_t done, std::size_t total) {
    const py::gil_scoped_acquire gil;
    if (PyErr_CheckSignals() != 0) {
      raised.emplace();
      return false;
    }
    if (progress.is_none()) return true;
    try {
      progress(done, total);
    } catch (py::error_already_set& error) {
      raised.emplace(std::move(error));
      return false;
    }
    return true;
  };
  try {
    const py::gil_scoped_release release;
    return nadir::run(plan, {.threads = threads, .progress = tick});
  } catch (const Interrupted&) {
    throw std::move(*raised);
  }
}

py::dict run(const std::string& source, bool is_text, const std::string& name, std::optional<std::int64_t> patients,
             std::optional<std::int64_t> seed, unsigned threads, const std::vector<std::string>& settings,
             const py::object& progress) {
  const Plan plan = make_plan(source, is_text, name, patients, seed, settings);
  Dataset dataset = run_released(plan, threads, progress);
  const std::string text = summary(plan, dataset);
  py::dict result = to_python(std::move(dataset));
  result["summary"] = text;
  return result;
}

void translate(std::exception_ptr pointer) {
  try {
    if (pointer) std::rethrow_exception(pointer);
  } catch (const ScenarioError& error) {
    const py::object type = py::module_::import("nadir.errors").attr("ScenarioError");
    PyErr_SetObject(type.ptr(), py::make_tuple(error.what(), to_python(error.problems())).ptr());
  }
}

}  // namespace

PYBIND11_MODULE(_core, m) {
  m.doc() = "The compiled part of nadir.";
  py::register_exception_translator(translate);
  m.attr("version") = version;
  m.attr("disclaimer") = disclaimer;
  m.def("run", run, py::arg("source"), py::kw_only(), py::arg("is_text"), py::arg("name"), py::arg("patients"),
        py::arg("seed"), py::arg("threads"), py::arg("settings"), py::arg("progress"));
  m.def(
      "check",
      [](const std::string& source, bool is_text, const std::string& name, const std::vector<std::string>& settings) {
        return describe(make_plan(source, is_text, name, {}, {}, settings));
      },
      py::arg("source"), py::kw_only(), py::arg("is_text"), py::arg("name"), py::arg("settings"));
  m.def("models", [] {
    py::list list;
    for (const ModelInfo* model : registry().all()) list.append(to_python(*model));
    return list;
  });
  m.def("schema", json_schema);
}

}  // namespace nadir::python

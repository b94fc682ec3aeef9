#include <pybind11/functional.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <optional>

#include "python/src/to_python.hpp"
#include "sim/ensemble/merge.hpp"
#include "sim/ensemble/run.hpp"
#include "sim/ensemble/shard.hpp"
#include "sim/ensemble/summary.hpp"
#include "sim/ensemble/version.hpp"
#include "sim/model/registry.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/scenario/plan.hpp"
#include "sim/store/layout.hpp"
#include "sim/store/store_error.hpp"

namespace nadir::python {

namespace {

/// Where a scenario comes from: a path, or its text with a name for messages and relative paths.
Plan make_plan(const std::string& source, bool is_text, const std::string& name, std::optional<std::int64_t> patients,
               std::optional<std::int64_t> seed, const std::vector<std::string>& settings) {
  const Overrides overrides{settings, patients, seed};
  return check(is_text ? read_scenario_text(source, name, overrides) : read_scenario(source, overrides));
}

/// Works with the GIL released; the calling thread takes it twenty times a second to see signals and show progress.
template <class Work>
auto released(unsigned threads, const py::object& progress, Work work) {
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
    return work(RunOptions{.threads = threads, .progress = tick});
  } catch (const Interrupted&) {
    throw std::move(*raised);
  }
}

py::dict run(const std::string& source, bool is_text, const std::string& name, std::optional<std::int64_t> patients,
             std::optional<std::int64_t> seed, unsigned threads, const std::vector<std::string>& settings,
             const py::object& progress) {
  const Plan plan = make_plan(source, is_text, name, patients, seed, settings);
  Dataset dataset = released(threads, progress, [&](const RunOptions& options) { return nadir::run(plan, options); });
  const std::string text = summary(plan, source_of(dataset));
  py::dict result = to_python(std::move(dataset));
  result["summary"] = text;
  return result;
}

/// Shard `shard` of `shards`, from 1, into a folder; safe to repeat. Returns the path.
std::string run_shard(const std::string& source, bool is_text, const std::string& name,
                      std::optional<std::int64_t> patients, std::optional<std::int64_t> seed, unsigned threads,
                      const std::vector<std::string>& settings, const py::object& progress, std::size_t shard,
                      std::size_t shards, const std::string& folder) {
  if (shard < 1 || shard > shards) throw py::value_error("shard must be from 1 to shards");
  const Plan plan = make_plan(source, is_text, name, patients, seed, settings);
  const auto work = [&](const RunOptions& options) { return nadir::run_shard(plan, {shard, shards}, folder, options); };
  return released(threads, progress, work).path.string();
}

std::string merge(const std::string& folder, const std::string& path, bool overwrite) {
  const py::gil_scoped_release release;
  return nadir::merge(folder, path, overwrite);
}

/// The summary of the result file of a scenario.
std::string summary_of_file(const std::string& source, bool is_text, const std::string& name,
                            std::optional<std::int64_t> patients, std::optional<std::int64_t> seed,
                            const std::vector<std::string>& settings, const std::string& path) {
  const Plan plan = make_plan(source, is_text, name, patients, seed, settings);
  return summary(plan, source_of(InputFile(path, file_type)));
}

void translate(std::exception_ptr pointer) {
  try {
    if (pointer) std::rethrow_exception(pointer);
  } catch (const ScenarioError& error) {
    const py::object type = py::module_::import("nadir.errors").attr("ScenarioError");
    PyErr_SetObject(type.ptr(), py::make_tuple(error.what(), to_python(error.problems())).ptr());
  } catch (const BusyError& error) {
    PyErr_SetString(py::module_::import("nadir.errors").attr("BusyError").ptr(), error.what());
  } catch (const StoreError& error) {
    PyErr_SetString(py::module_::import("nadir.errors").attr("StoreError").ptr(), error.what());
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
  m.def("run_shard", run_shard, py::arg("source"), py::kw_only(), py::arg("is_text"), py::arg("name"),
        py::arg("patients"), py::arg("seed"), py::arg("threads"), py::arg("settings"), py::arg("progress"),
        py::arg("shard"), py::arg("shards"), py::arg("folder"));
  m.def("merge", merge, py::arg("folder"), py::arg("path"), py::kw_only(), py::arg("overwrite"));
  m.def("summary", summary_of_file, py::arg("source"), py::kw_only(), py::arg("is_text"), py::arg("name"),
        py::arg("patients"), py::arg("seed"), py::arg("settings"), py::arg("path"));
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

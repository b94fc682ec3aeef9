#include "python/src/to_python.hpp"

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <cmath>

#include "sim/model/registry.hpp"
#include "sim/population/population.hpp"

namespace nadir::python {

namespace {

template <class T>
py::object array(std::vector<T> values, const std::vector<std::size_t>& shape) {
  // The vector lives on behind the array, so that results are not copied.
  auto* owner = new std::vector<T>(std::move(values));
  const py::capsule keep(owner, [](void* pointer) { delete static_cast<std::vector<T>*>(pointer); });
  return py::array_t<T>(shape, owner->data(), keep);
}

py::object array(std::vector<std::string> values, const std::vector<std::size_t>&) {
  return py::cast(std::move(values));
}

py::object attribute(const Attribute& value) {
  if (const auto* list = std::get_if<std::vector<std::int8_t>>(&value)) return array(*list, {list->size()});
  return std::visit([](const auto& v) -> py::object { return py::cast(v); }, value);
}

py::dict attributes(const Attributes& list) {
  py::dict result;
  for (const auto& [name, value] : list) result[py::str(name)] = attribute(value);
  return result;
}

template <class Rows>
py::list rows(const Rows& list) {
  py::list result;
  for (const auto& row : list) {
    py::dict entry;
    entry["name"] = row.name;
    entry["unit"] = row.unit;
    entry["meaning"] = row.meaning;
    if constexpr (requires { row.reference; }) entry["reference"] = row.reference;
    result.append(entry);
  }
  return result;
}

}  // namespace

py::dict to_python(Dataset dataset) {
  py::dict dimensions;
  for (const Dimension& dimension : dataset.dimensions) dimensions[py::str(dimension.name)] = dimension.size;
  py::list variables;
  for (Variable& variable : dataset.variables) {
    std::vector<std::size_t> shape;
    for (const std::string& name : variable.dimensions) shape.push_back(dimensions[py::str(name)].cast<std::size_t>());
    py::dict entry;
    entry["name"] = variable.name;
    entry["dimensions"] = py::tuple(py::cast(variable.dimensions));
    entry["values"] = std::visit([&](auto& values) { return array(std::move(values), shape); }, variable.values);
    entry["attributes"] = attributes(variable.attributes);
    variables.append(entry);
  }
  py::dict result;
  result["dimensions"] = dimensions;
  result["variables"] = variables;
  result["attributes"] = attributes(dataset.attributes);
  return result;
}

py::dict to_python(const ModelInfo& model) {
  py::list sets;
  for (const ParameterSetView& set : model.sets) {
    py::dict values, omegas;
    for (const ParamRow& row : model.params) {
      const SetValue& value = set.values[row.index];
      values[py::str(row.name)] = value.value;
      omegas[py::str(row.name)] = omega_of(value.spread);
    }
    py::dict entry;
    entry["name"] = set.name;
    entry["source"] = set.source;
    entry["values"] = values;
    entry["omegas"] = omegas;
    sets.append(entry);
  }
  py::list doses;
  for (const KineticsModel* drug : registry().kinetics_in(model)) {
    py::list compartments;
    for (const std::size_t state : drug->compartments) compartments.append(drug->states[state].name);
    py::dict entry;
    entry["drug"] = drug->drug;
    entry["unit"] = drug->amount_unit;
    entry["into"] = drug->states[drug->into].name;
    entry["compartments"] = compartments;
    doses.append(entry);
  }
  py::dict result;
  result["id"] = model.id;
  result["kind"] = name(model.kind);
  result["title"] = model.title;
  result["source"] = model.source;
  result["note"] = model.note;
  result["parameters"] = rows(model.params);
  result["states"] = rows(model.states);
  result["doses"] = doses;
  result["covariates"] = rows(model.covariates);
  result["sets"] = sets;
  result["equations"] = model.equations();
  return result;
}

py::list to_python(const std::vector<Problem>& problems) {
  py::list list;
  for (const Problem& problem : problems) {
    py::dict entry;
    entry["file"] = problem.place.file;
    entry["line"] = problem.place.line;
    entry["column"] = problem.place.column;
    entry["message"] = problem.message;
    entry["hint"] = problem.hint;
    list.append(entry);
  }
  return list;
}

}  // namespace nadir::python

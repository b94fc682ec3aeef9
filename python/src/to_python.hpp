#pragma once
/// Results, models and errors as Python objects. Nothing is computed here.

#include <pybind11/pybind11.h>

#include "sim/base/error.hpp"
#include "sim/model/component.hpp"
#include "sim/store/dataset.hpp"

namespace nadir::python {

namespace py = pybind11;

/// {"dimensions": {name: size}, "variables": [{name, dimensions, values, attributes}], "attributes": {…}}; the arrays
/// take over the memory of the dataset.
py::dict to_python(Dataset dataset);

/// A model's rows: id, kind, title, source, note, parameters, states, doses, covariates, sets, equations.
py::dict to_python(const ModelInfo& model);

/// One dict a problem: file, line, column, message, hint.
py::list to_python(const std::vector<Problem>& problems);

}  // namespace nadir::python

#pragma once
/// What there is to say about a model, from its rows.

#include <string>

#include "sim/model/component.hpp"

namespace nadir {

/// As text for a terminal: parameters of every set, states, source, caveats.
std::string model_text(const ModelInfo& model);

/// As a Markdown page with the equations printed from the code that runs.
std::string model_page(const ModelInfo& model);

}  // namespace nadir

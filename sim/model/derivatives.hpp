#pragma once
/// Exact derivatives of written-down equations, as further nodes of the same graph.

#include <map>
#include <vector>

#include "sim/model/graph.hpp"

namespace nadir {

/// ∂f_i/∂x_j that are not zero throughout.
struct Partial {
  int function = 0;  ///< i, the place in `functions`
  int variable = 0;  ///< j, the place in `variables`
  int node = 0;
};

/// Adds the partial derivatives of `functions` with respect to `variables` (state and drug nodes) to the graph.
std::vector<Partial> differentiate(Graph& graph, const std::vector<int>& functions, const std::vector<int>& variables);

}  // namespace nadir

#include "sim/store/dataset.hpp"

#include <algorithm>
#include <stdexcept>

namespace nadir {

std::size_t elements(const Dataset& dataset, const Variable& variable) {
  std::size_t count = 1;
  for (const std::string& name : variable.dimensions) {
    const auto found = std::find_if(dataset.dimensions.begin(), dataset.dimensions.end(),
                                    [&](const Dimension& dimension) { return dimension.name == name; });
    if (found == dataset.dimensions.end()) throw std::out_of_range("the dimension '" + name + "' is not declared");
    count *= found->size;
  }
  return count;
}

std::optional<std::size_t> find(const Dataset& dataset, std::string_view name) {
  for (std::size_t i = 0; i < dataset.variables.size(); ++i)
    if (dataset.variables[i].name == name) return i;
  return std::nullopt;
}

}  // namespace nadir

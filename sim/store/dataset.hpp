#pragma once
/// A result in memory: named arrays over named dimensions, with their attributes. What is written to HDF5 and what
/// Python receives are both this, so that a file and a run in memory cannot differ.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace nadir {

using Attribute = std::variant<std::string, double, std::int64_t, std::vector<std::int8_t>>;
using Attributes = std::vector<std::pair<std::string, Attribute>>;  ///< in the order they are written

/// The values of an array, row-major. Strings are UTF-8.
using Values = std::variant<std::vector<double>, std::vector<float>, std::vector<std::int64_t>,
                            std::vector<std::int32_t>, std::vector<std::int8_t>, std::vector<std::string>>;

/// One array. A variable whose only dimension has its own name is a coordinate (a dimension scale in HDF5).
struct Variable {
  std::string name;                     ///< `time`, `anc`, `anc.nadir`, `netterberg2017.mtt`
  std::vector<std::string> dimensions;  ///< names, slowest first
  Values values;
  Attributes attributes;
};

struct Dimension {
  std::string name;
  std::size_t size = 0;
};

struct Dataset {
  std::vector<Dimension> dimensions;
  std::vector<Variable> variables;  ///< coordinates first
  Attributes attributes;            ///< of the whole file
};

/// How many elements a variable of the dataset has, after its dimensions. Throws std::out_of_range for a dimension that
/// is not declared.
std::size_t elements(const Dataset& dataset, const Variable& variable);

/// The place of a variable; nothing when there is none of the name.
std::optional<std::size_t> find(const Dataset& dataset, std::string_view name);

/// An attribute, when there is one of the name and it is of this type.
template <class Value>
const Value* find_attribute(const Attributes& attributes, std::string_view name) {
  for (const auto& [known, value] : attributes)
    if (known == name) return std::get_if<Value>(&value);
  return nullptr;
}

}  // namespace nadir

#pragma once
/// A result in memory: named arrays over named dimensions, with their attributes. What is written to HDF5 and what
/// Python receives are both this, so that a file and a run in memory cannot differ.

#include <cstdint>
#include <string>
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

}  // namespace nadir

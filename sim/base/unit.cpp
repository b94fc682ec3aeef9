#include "sim/base/unit.hpp"

#include <utility>

namespace nadir {

namespace {

constexpr std::array internal_symbols{"d", "L", "mg", "umol", "10^9 cells", "m^2", "cm", "kg"};
constexpr std::array quantity_names{"time",      "volume",      "mass",       "amount of substance", "number of cells",
                                    "body area", "body height", "body weight"};
static_assert(internal_symbols.size() == PhysicalDimension::count && quantity_names.size() == PhysicalDimension::count);

/// Joins the factors of a dimension: those with positive power, then the others behind a separator.
template <class Names>
std::string join(const PhysicalDimension& dimension, const Names& names, const char* times, const char* per) {
  std::string above, below;
  for (std::size_t i = 0; i < dimension.power.size(); ++i) {
    for (int k = 0; k < dimension.power[i]; ++k) above += (above.empty() ? "" : times) + std::string(names[i]);
    for (int k = 0; k > dimension.power[i]; --k) below += per + std::string(names[i]);
  }
  return (above.empty() ? "1" : above) + below;
}

}  // namespace

std::string internal_unit(const PhysicalDimension& dimension) { return join(dimension, internal_symbols, " ", "/"); }

std::string describe(const PhysicalDimension& dimension) {
  if (dimension == PhysicalDimension{}) return "a pure number";
  std::string text = join(dimension, quantity_names, " times ", " per ");
  if (text.starts_with("1 per ")) return "one" + text.substr(1);
  return (text.starts_with("amount") ? "an " : "a ") + text;
}

}  // namespace nadir

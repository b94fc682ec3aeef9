#include "sim/store/layout.hpp"

#include <algorithm>
#include <limits>
#include <sstream>
#include <stdexcept>

namespace nadir {

namespace {

std::string replace(std::string_view pattern, const LayoutNames& names) {
  std::string text(pattern);
  for (const auto& [word, name] : names) {
    const std::size_t at = text.find(word);
    if (at != std::string::npos) text.replace(at, word.size(), name);
  }
  return text;
}

std::string_view type_of(const Values& values) {
  constexpr std::array names{"float64", "float32", "int64", "int32", "int8", "text"};
  return names[values.index()];
}

}  // namespace

Variable make_variable(std::string_view row, const LayoutNames& names, Values values, std::string_view unit,
                       std::string_view long_name) {
  const auto found =
      std::find_if(layout_rows.begin(), layout_rows.end(), [&](const LayoutRow& r) { return r.name == row; });
  if (found == layout_rows.end()) throw std::logic_error("the layout has no row '" + std::string(row) + "'");
  if (type_of(values) != found->type)
    throw std::logic_error("the layout gives '" + std::string(row) + "' another type");
  Variable variable{.name = replace(found->name, names), .values = std::move(values)};
  std::istringstream dimensions{std::string(found->dimensions)};
  for (std::string dimension; dimensions >> dimension;) variable.dimensions.push_back(dimension);
  variable.attributes.emplace_back("long_name", std::string(long_name.empty() ? found->meaning : long_name));
  const std::string_view units = found->unit == "*" ? unit : found->unit;
  if (!units.empty()) variable.attributes.emplace_back("units", std::string(units));
  return variable;
}

std::string layout_page() {
  std::ostringstream page;
  page << "| dataset | dimensions | type | units | meaning |\n|---|---|---|---|---|\n";
  for (const LayoutRow& row : layout_rows) {
    std::string dimensions(row.dimensions);
    std::replace(dimensions.begin(), dimensions.end(), ' ', ',');
    page << "| `" << row.name << "` | " << dimensions << " | " << row.type << " | "
         << (row.unit == "*" ? "its own" : row.unit) << " | " << row.meaning << " |\n";
  }
  return page.str();
}

}  // namespace nadir

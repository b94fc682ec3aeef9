#include "sim/scenario/reader.hpp"

#include <fmt/format.h>

namespace nadir {

namespace {

std::string_view type_name(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::string:
      return "a text";
    case toml::node_type::integer:
      return "a whole number";
    case toml::node_type::floating_point:
      return "a number";
    case toml::node_type::boolean:
      return "true or false";
    default:
      return "a date or time";
  }
}

}  // namespace

std::string print(const Range& range, std::string_view unit) {
  const std::string tail = unit == "1" ? "" : " " + std::string(unit);
  const std::string low = (range.low_included ? "at least " : "above ") + print_number(range.low);
  if (std::isinf(range.high)) return low + tail;
  return (range.low_included ? "from " + print_number(range.low) : low) +
         (range.low_included ? " to " : " and at most ") + print_number(range.high) + tail;
}

void Reader::wrong_type(const toml::node& node, std::string_view what, std::string_view wanted) {
  problems.add(sources.at(node), fmt::format("'{}' is {}; it must be {}", what, type_name(node), wanted));
}

const toml::table* Reader::table(const toml::node& node, std::string_view what) {
  if (!node.is_table()) wrong_type(node, what, "a table");
  return node.as_table();
}

std::optional<double> Reader::number(const toml::node& node, std::string_view what, std::string_view unit,
                                     const Range& range, bool needs_unit) {
  const Place place = sources.at(node);
  if (const auto* text = node.as_string()) return number(text->get(), place, what, unit, range, needs_unit);
  if (node.is_integer() || node.is_floating_point())
    return number(*node.value<double>(), place, what, unit, range, needs_unit);
  wrong_type(node, what,
             unit == "1" ? "a number" : fmt::format("a number, or a text with a unit such as \"5 {}\"", unit));
  return std::nullopt;
}

std::optional<double> Reader::number(const std::variant<double, std::string>& given, const Place& place,
                                     std::string_view what, std::string_view unit, const Range& range,
                                     bool needs_unit) {
  double result = 0.0;
  if (const auto* text = std::get_if<std::string>(&given)) {
    const QuantityReading reading = read_quantity(*text);
    if (!reading.value) {
      problems.add(place, fmt::format("'{}': {}", what, reading.problem), reading.hint);
      return std::nullopt;
    }
    const Unit wanted = *parse_unit(unit);
    if (reading.value->parsed.dimension != wanted.dimension) {
      problems.add(place,
                   fmt::format("'{}' is {}; '{}' is {}", *text, describe(reading.value->parsed.dimension), what,
                               describe(wanted.dimension)),
                   fmt::format("its unit is {}", unit));
      return std::nullopt;
    }
    const bool same = reading.value->unit == unit;
    result = same ? reading.value->number : reading.value->number * reading.value->parsed.factor / wanted.factor;
  } else {
    result = std::get<double>(given);
    if (needs_unit) {
      problems.add(place, fmt::format("'{}' needs a unit", what),
                   fmt::format("write \"{} {}\", or another unit of {}", print_number(result), unit,
                               describe(parse_unit(unit)->dimension)));
      return std::nullopt;
    }
  }
  if (!std::isfinite(result) || !range.holds(result)) {
    problems.add(place, fmt::format("'{}' is {}; it must be {}", what, print_number(result), print(range, unit)));
    return std::nullopt;
  }
  return result;
}

std::optional<std::int64_t> Reader::integer(const toml::node& node, std::string_view what, const Range& range) {
  const auto value = node.is_integer() ? node.value<std::int64_t>() : std::nullopt;
  if (!value) {
    wrong_type(node, what, "a whole number");
  } else if (!range.holds(static_cast<double>(*value))) {
    problems.add(sources.at(node), fmt::format("'{}' is {}; it must be {}", what, *value, print(range, "1")));
  } else {
    return value;
  }
  return std::nullopt;
}

std::optional<std::string> Reader::text(const toml::node& node, std::string_view what) {
  if (node.is_string()) return node.value<std::string>();
  wrong_type(node, what, "a text in quotes");
  return std::nullopt;
}

std::optional<bool> Reader::boolean(const toml::node& node, std::string_view what) {
  if (node.is_boolean()) return node.value<bool>();
  wrong_type(node, what, "true or false");
  return std::nullopt;
}

std::vector<double> Reader::numbers(const toml::node& node, std::string_view what, std::string_view unit,
                                    const Range& range) {
  std::vector<double> values;
  if (!node.is_array()) {
    wrong_type(node, what, "a list, such as [0, 7, 14]");
    return values;
  }
  for (const toml::node& item : *node.as_array()) {
    const auto value = number(item, what, unit, range, false);
    if (!value) continue;
    if (!values.empty() && *value <= values.back()) {
      problems.add(
          sources.at(item),
          fmt::format("'{}' must rise: {} stands after {}", what, print_number(*value), print_number(values.back())),
          "put the times in order, each once");
    }
    values.push_back(*value);
  }
  if (values.empty() && node.as_array()->empty()) problems.add(sources.at(node), fmt::format("'{}' is empty", what));
  return values;
}

}  // namespace nadir

#include "sim/scenario/quantity_text.hpp"

#include <charconv>

#include <fmt/format.h>

namespace nadir {

namespace {

constexpr std::string_view unit_help =
    "units are s min h d wk y, L dL mL uL, g mg ug ng, mol mmol umol nmol, m^2, cm m, kg, cells, %, joined by ' ' and "
    "'/'";

}  // namespace

QuantityReading read_quantity(std::string_view text) {
  const std::string whole(text);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  QuantityText result;
  const char* begin = text.data();
  if (text.starts_with('+')) ++begin;
  const auto [rest, error] = std::from_chars(begin, text.data() + text.size(), result.number);
  if (error == std::errc::result_out_of_range) return {{}, "'" + whole + "' is too large or too small a number", ""};
  if (error != std::errc()) return {{}, "'" + whole + "' does not begin with a number", "write for example \"95 h\""};
  std::string_view unit(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  while (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
  result.unit = unit.empty() ? "1" : std::string(unit);
  const auto parsed = parse_unit(result.unit);
  if (!parsed) return {{}, "'" + result.unit + "' is not a unit", std::string(unit_help)};
  result.parsed = *parsed;
  return {result, "", ""};
}

std::string print_number(double value) { return fmt::format("{:.12g}", value); }

}  // namespace nadir

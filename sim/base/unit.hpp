#pragma once
/// Units as text ("10^9 cells/L", "mg/m^2", "1/h") turned into a factor to internal units and a dimension.
/// Internal units: d, L, mg, umol, 10^9 cells, m^2, cm, kg. A misspelt unit in a model is a compile error.

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace nadir {

/// Exponents of the base quantities. Body weight (kg) is kept apart from drug mass (mg), and body surface (m^2) and
/// height (cm) from volume (L), so that mg/kg and mg/m^2 cannot be taken for a mass.
struct PhysicalDimension {
  enum Base { time, volume, mass, substance, cells, area, height, weight, count };
  std::array<int, count> power{};
  constexpr bool operator==(const PhysicalDimension&) const = default;
};

/// A parsed unit: value in internal units = factor × value in this unit.
struct Unit {
  double factor = 1.0;
  PhysicalDimension dimension;
};

namespace unit_detail {

struct Symbol {
  std::string_view text;
  double factor;
  int base;  ///< −1: a pure number
};

inline constexpr std::array symbols{
    Symbol{"1", 1.0, -1},
    Symbol{"%", 0.01, -1},
    Symbol{"s", 1.0 / 86400.0, PhysicalDimension::time},
    Symbol{"min", 1.0 / 1440.0, PhysicalDimension::time},
    Symbol{"h", 1.0 / 24.0, PhysicalDimension::time},
    Symbol{"d", 1.0, PhysicalDimension::time},
    Symbol{"wk", 7.0, PhysicalDimension::time},
    Symbol{"y", 365.25, PhysicalDimension::time},
    Symbol{"L", 1.0, PhysicalDimension::volume},
    Symbol{"dL", 0.1, PhysicalDimension::volume},
    Symbol{"mL", 1e-3, PhysicalDimension::volume},
    Symbol{"uL", 1e-6, PhysicalDimension::volume},
    Symbol{"g", 1e3, PhysicalDimension::mass},
    Symbol{"mg", 1.0, PhysicalDimension::mass},
    Symbol{"ug", 1e-3, PhysicalDimension::mass},
    Symbol{"ng", 1e-6, PhysicalDimension::mass},
    Symbol{"mol", 1e6, PhysicalDimension::substance},
    Symbol{"mmol", 1e3, PhysicalDimension::substance},
    Symbol{"umol", 1.0, PhysicalDimension::substance},
    Symbol{"nmol", 1e-3, PhysicalDimension::substance},
    Symbol{"cells", 1e-9, PhysicalDimension::cells},
    Symbol{"m^2", 1.0, PhysicalDimension::area},
    Symbol{"cm", 1.0, PhysicalDimension::height},
    Symbol{"m", 100.0, PhysicalDimension::height},
    Symbol{"kg", 1.0, PhysicalDimension::weight},
};

/// 10^n for a text such as "10^9", nothing when it is not one.
constexpr std::optional<double> power_of_ten(std::string_view text) {
  if (!text.starts_with("10^") || text.size() < 4) return std::nullopt;
  int exponent = 0;
  for (char c : text.substr(3)) {
    if (c < '0' || c > '9') return std::nullopt;
    exponent = exponent * 10 + (c - '0');
    if (exponent > 30) return std::nullopt;
  }
  double value = 1.0;
  for (int i = 0; i < exponent; ++i) value *= 10.0;
  return value;
}

constexpr bool apply(Unit& unit, std::string_view token, int sign) {
  if (auto ten = power_of_ten(token)) {
    unit.factor = sign > 0 ? unit.factor * *ten : unit.factor / *ten;
    return true;
  }
  for (const Symbol& symbol : symbols) {
    if (symbol.text != token) continue;
    unit.factor = sign > 0 ? unit.factor * symbol.factor : unit.factor / symbol.factor;
    if (symbol.base >= 0) unit.dimension.power[static_cast<std::size_t>(symbol.base)] += sign;
    return true;
  }
  return false;
}

}  // namespace unit_detail

/// Reads a unit: symbols joined by ' ' or '*' (times) and '/' (divided by the next symbol only). Nothing if misspelt.
constexpr std::optional<Unit> parse_unit(std::string_view text) {
  Unit unit;
  int sign = 1;
  std::size_t begin = 0;
  if (text.empty()) return std::nullopt;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool end = i == text.size();
    if (!end && text[i] != ' ' && text[i] != '*' && text[i] != '/') continue;
    if (!unit_detail::apply(unit, text.substr(begin, i - begin), sign)) return std::nullopt;
    if (!end) sign = text[i] == '/' ? -1 : 1;
    begin = i + 1;
  }
  // 10^9 cells is the internal unit of counts, so the two factors cancel; snap to 1 to keep printed values exact.
  if (unit.factor > 1.0 - 1e-12 && unit.factor < 1.0 + 1e-12) unit.factor = 1.0;
  return unit;
}

/// A unit written in the source. Not a compile-time constant when misspelt: that is the error message.
consteval Unit unit_of(std::string_view text) { return parse_unit(text).value(); }

/// "a time", "a mass per body surface": for error messages.
std::string describe(const PhysicalDimension& dimension);

/// The dimension spelled in internal units, "umol/L": for messages of the unit law.
std::string internal_unit(const PhysicalDimension& dimension);

}  // namespace nadir

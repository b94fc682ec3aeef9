#pragma once
/// Fills a section from a TOML table by its rows, collecting every mistake.

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "sim/base/nearest.hpp"
#include "sim/scenario/quantity_text.hpp"
#include "sim/scenario/section.hpp"
#include "sim/scenario/source.hpp"

namespace nadir {

/// Reading of one parsed text: its places, and where problems go.
struct Reader {
  Sources& sources;
  Problems& problems;

  /// A number, from a TOML number or a quantity text, in `unit`. Nothing (and a problem) when it cannot be.
  std::optional<double> number(const toml::node& node, std::string_view what, std::string_view unit, const Range& range,
                               bool needs_unit);
  std::optional<double> number(const std::variant<double, std::string>& value, const Place& place,
                               std::string_view what, std::string_view unit, const Range& range, bool needs_unit);
  std::optional<std::int64_t> integer(const toml::node& node, std::string_view what, const Range& range);
  std::optional<std::string> text(const toml::node& node, std::string_view what);
  std::optional<bool> boolean(const toml::node& node, std::string_view what);
  std::vector<double> numbers(const toml::node& node, std::string_view what, std::string_view unit, const Range& range);

  /// The table behind a key, or a problem.
  const toml::table* table(const toml::node& node, std::string_view what);

  void wrong_type(const toml::node& node, std::string_view what, std::string_view wanted);
};

/// "1.5 (above 0)": a range in words.
std::string print(const Range& range, std::string_view unit);

namespace reader_detail {

template <class S>
void assign(Reader& reader, S& section, const Field<S>& field, const toml::node& node) {
  std::visit(
      [&](auto member) {
        using Value = std::remove_reference_t<decltype(section.*member)>;
        if constexpr (std::is_same_v<Value, double>) {
          if (auto v = reader.number(node, field.key, field.unit, field.range, field.needs_unit)) section.*member = *v;
        } else if constexpr (std::is_same_v<Value, std::int64_t>) {
          if (auto v = reader.integer(node, field.key, field.range)) section.*member = *v;
        } else if constexpr (std::is_same_v<Value, bool>) {
          if (auto v = reader.boolean(node, field.key)) section.*member = *v;
        } else if constexpr (std::is_same_v<Value, std::string>) {
          if (auto v = reader.text(node, field.key)) section.*member = *v;
        } else {
          section.*member = reader.numbers(node, field.key, field.unit, field.range);
        }
      },
      field.member);
}

}  // namespace reader_detail

/// Reads the keys of `table` that have a row; `other` takes the rest and says whether it knows them (`known` lists what
/// it could know, for the hint).
template <class S, std::size_t N>
void read_section(Reader& reader, const toml::table& table, const std::array<Field<S>, N>& fields, S& section,
                  std::string_view name, const std::function<bool(const toml::key&, const toml::node&)>& other = {},
                  std::vector<std::string> known = {}) {
  if (table.source().begin.line > 0) section.place = reader.sources.at(table);
  for (auto&& [key, node] : table) {
    const std::string_view word = key.str();  // a lambda cannot capture a structured binding in Clang 14
    const auto row = std::find_if(fields.begin(), fields.end(), [&](const auto& f) { return f.key == word; });
    if (row != fields.end()) {
      section.keys[std::string(key.str())] = reader.sources.at(node);
      reader_detail::assign(reader, section, *row, node);
    } else if (!other || !other(key, node)) {
      for (const auto& f : fields) known.emplace_back(f.key);
      reader.problems.add(reader.sources.at(key),
                          "unknown key '" + std::string(key.str()) + "' in " + std::string(name),
                          did_you_mean(key.str(), known));
    }
  }
  for (const auto& f : fields) {
    if (f.required && !section.has(std::string(f.key)))
      reader.problems.add(section.place, std::string(name) + " needs '" + std::string(f.key) + "'",
                          std::string(f.meaning));
  }
}

}  // namespace nadir

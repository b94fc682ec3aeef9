#pragma once
/// One table of a scenario: a struct whose members are described by rows. Reading, defaults, ranges, units, messages,
/// the JSON Schema and the reference page come from the rows.

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/base/member_name.hpp"
#include "sim/model/rows.hpp"

namespace nadir {

/// Where a table and its keys stand.
struct Section {
  Place place;
  std::map<std::string, Place> keys;  ///< of the values that were given

  bool has(const std::string& key) const { return keys.contains(key); }
  Place at(const std::string& key) const {
    const auto found = keys.find(key);
    return found == keys.end() ? place : found->second;
  }
};

/// A row of a section's table. Numbers are kept in `unit`.
template <class S>
struct Field {
  using Member = std::variant<double S::*, std::int64_t S::*, bool S::*, std::string S::*, std::vector<double> S::*>;
  std::string_view key;
  Member member;
  std::string_view unit;  ///< of numbers; empty for texts and switches
  Range range;
  bool required = false;
  bool needs_unit = false;  ///< a bare number is refused: too easy to mistake
  std::string_view meaning;
};

struct FieldOptions {
  std::string_view unit = "1";
  Range range = positive();
  bool required = false;
  bool needs_unit = false;
};

template <auto Member>
constexpr auto field(std::string_view meaning, FieldOptions options = {}) {
  using S = typename row_detail::MemberOf<decltype(Member)>::type;
  return Field<S>{member_name<Member>(), Member, options.unit, options.range, options.required,
                  options.needs_unit,    meaning};
}

}  // namespace nadir

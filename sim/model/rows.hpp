#pragma once
/// The rows in which a model states its facts once: parameters, spreads, states, covariates, published sets.
/// CLI, TOML keys, JSON Schema, HDF5 attributes, Python and the model pages are printed from them.

#include <array>
#include <limits>
#include <span>
#include <string_view>
#include <utility>

#include "sim/base/member_name.hpp"
#include "sim/base/unit.hpp"

namespace nadir {

/// How an individual's value differs from the typical one.
struct Spread {
  enum class Kind { fixed, omega, omega2, cv, normal };
  Kind kind = Kind::fixed;
  double size = 0.0;  ///< as the source prints it; see the functions below
};

constexpr Spread fixed() { return {}; }
/// Log-normal, stated as the standard deviation of the logarithm.
constexpr Spread omega(double sd) { return {Spread::Kind::omega, sd}; }
/// Log-normal, stated as the variance of the logarithm.
constexpr Spread omega2(double variance) { return {Spread::Kind::omega2, variance}; }
/// Log-normal, stated as the coefficient of variation: ω² = ln(1 + cv²).
constexpr Spread cv(double fraction) { return {Spread::Kind::cv, fraction}; }
/// Normal, stated as the standard deviation in the unit of the row.
constexpr Spread normal(double sd) { return {Spread::Kind::normal, sd}; }

/// Allowed values of a parameter in the unit of its row.
struct Range {
  double low = 0.0;
  double high = std::numeric_limits<double>::infinity();
  bool low_included = false;

  constexpr bool holds(double value) const { return (low_included ? value >= low : value > low) && value <= high; }
};
constexpr Range positive() { return {}; }
constexpr Range not_negative() { return {.low_included = true}; }
constexpr Range between(double low, double high) { return {low, high, true}; }

struct ParamRow {
  std::string_view name;
  std::string_view unit;  ///< as printed in the source
  Unit parsed;
  std::string_view meaning;
  Range range;
  std::size_t index = 0;  ///< place of the member in Params
};

struct StateRow {
  std::string_view name;
  std::string_view unit;
  Unit parsed;
  std::string_view meaning;
};

/// A state of a marrow that takes doses of a drug.
struct DoseRow {
  std::string_view compartment;  ///< name of the state
  std::size_t state = 0;         ///< its place among the states
};

/// The drugs whose kinetics are part of a marrow, because cells and drug depend on each other: `using Drugs =
/// HostedDrugs<Filgrastim>`. Each states `drug`, `amount_unit`, `doses` (the first takes doses that name no
/// compartment), `concentration(x, p)` and, where they are known, `dosing(compartment, p)`, `molar_mass` and `shown`.
template <class... Drug>
struct HostedDrugs {};

/// A property of a person that a model reads. Values stand in the unit of the row, as in the source's equation.
struct CovariateRow {
  std::string_view name;
  std::string_view unit;
  double reference = 0.0;  ///< used when the cohort does not give it: the source's reference person
  std::string_view meaning;
};

/// What a model shows to the outside: a count or a concentration.
struct SignalRow {
  std::string_view name;
  std::string_view unit;
  std::string_view meaning;
  std::string_view loinc;
};

/// Stands where a source gives no number: the user must.
inline constexpr double required = std::numeric_limits<double>::quiet_NaN();

/// The typical value of one parameter in one published set, as printed.
struct SetValue {
  double value = required;
  Spread spread;
};

/// Unexplained difference between prediction and measurement: y = f·(1 + proportional·ε₁) + additive·ε₂, or, when
/// log_sd is given, ln y = ln f + log_sd·ε.
struct Residual {
  double additive = 0.0;      ///< in the unit of the signal
  double proportional = 0.0;  ///< fraction
  double log_sd = 0.0;
};

/// One published set of values for all parameters, in the order of Params.
template <std::size_t N>
struct ParameterSet {
  std::string_view name;
  std::string_view source;  ///< the table or file the numbers stand in
  std::array<SetValue, N> values;
  Residual residual{};
};

/// The same without its size.
struct ParameterSetView {
  std::string_view name;
  std::string_view source;
  std::span<const SetValue> values;
  Residual residual;
};

namespace row_detail {

template <class T>
struct MemberOf;
template <class Class, class Value>
struct MemberOf<Value Class::*> {
  using type = Class;
};

/// Place of a member in a struct of doubles, found by setting it and looking.
template <auto Member>
consteval std::size_t index_of() {
  using Struct = typename MemberOf<decltype(Member)>::type;
  constexpr std::size_t size = sizeof(Struct) / sizeof(double);
  Struct object{};
  object.*Member = 1.0;
  const auto values = __builtin_bit_cast(std::array<double, size>, object);
  for (std::size_t i = 0; i < size; ++i)
    if (values[i] == 1.0) return i;
  return size;
}

}  // namespace row_detail

template <auto Member>
consteval ParamRow param(std::string_view unit, std::string_view meaning, Range range = positive()) {
  return {member_name<Member>(), unit, unit_of(unit), meaning, range, row_detail::index_of<Member>()};
}

template <auto Member>
consteval StateRow state(std::string_view unit, std::string_view meaning) {
  return {member_name<Member>(), unit, unit_of(unit), meaning};
}

namespace row_detail {

/// "stage3" for the third of the states &S::stage.
template <auto Member, std::size_t Number>
struct NumberedName {
  static constexpr auto text = [] {
    constexpr std::string_view base = member_name<Member>();
    constexpr std::size_t digits = Number < 10 ? 1 : 2;
    static_assert(Number < 100);
    std::array<char, base.size() + digits> result{};
    for (std::size_t i = 0; i < base.size(); ++i) result[i] = base[i];
    if (digits == 2) result[base.size()] = static_cast<char>('0' + Number / 10);
    result[result.size() - 1] = static_cast<char>('0' + Number % 10);
    return result;
  }();
  static constexpr std::string_view name{text.data(), text.size()};
};

}  // namespace row_detail

/// Rows of a chain of N equal stages, a member std::array<T, N> of State: stage1, stage2, …
template <auto Member, std::size_t N>
consteval std::array<StateRow, N> chain(std::string_view unit, std::string_view meaning) {
  const Unit parsed = unit_of(unit);
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return std::array{StateRow{row_detail::NumberedName<Member, I + 1>::name, unit, parsed, meaning}...};
  }
  (std::make_index_sequence<N>{});
}

/// Rows one list after the other.
template <std::size_t... N>
consteval std::array<StateRow, (N + ...)> joined(const std::array<StateRow, N>&... lists) {
  std::array<StateRow, (N + ...)> all{};
  std::size_t place = 0;
  const auto append = [&](const auto& list) {
    for (const StateRow& row : list) all[place++] = row;
  };
  (append(lists), ...);
  return all;
}

template <auto Member>
consteval DoseRow dosed() {
  return {member_name<Member>(), row_detail::index_of<Member>()};
}

template <auto Member>
consteval CovariateRow covariate(std::string_view unit, double reference, std::string_view meaning) {
  return {member_name<Member>(), unit, reference, meaning};
}

/// Rows must stand in the order of the members, all of them, so that sets can be written as tables.
template <class Params, std::size_t N>
consteval bool in_order(const std::array<ParamRow, N>& rows) {
  for (std::size_t i = 0; i < N; ++i)
    if (rows[i].index != i) return false;
  return sizeof(Params) == N * sizeof(double);
}

}  // namespace nadir

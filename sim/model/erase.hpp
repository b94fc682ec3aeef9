#pragma once
/// From a model header to what the engine sees: the one text of each equation, read with double, Dual, Quantity and
/// Tex.

#include <array>
#include <string>
#include <vector>

#include "sim/model/component.hpp"
#include "sim/model/readings/dual.hpp"
#include "sim/model/readings/quantity.hpp"
#include "sim/model/readings/recorded.hpp"
#include "sim/model/readings/tex.hpp"

namespace nadir::erase_detail {

/// A struct of values of one type seen as an array, and back. Params and State hold nothing else (checked by in_order).
template <class Struct, class T>
const Struct& as(const T* values) {
  return *reinterpret_cast<const Struct*>(values);
}

template <class T, class Struct>
void store(const Struct& object, T* values) {
  const T* source = reinterpret_cast<const T*>(&object);
  for (std::size_t i = 0; i < sizeof(Struct) / sizeof(T); ++i) values[i] = source[i];
}

template <class M, class T>
using Params = typename M::template Params<T>;
template <class M, class T>
using State = typename M::template State<T>;

/// Each parameter as one unit of its dimension; 1.5 and not 1, so that a zero in an equation is a true zero.
inline std::vector<Quantity> quantities(std::span<const ParamRow> rows) {
  std::vector<Quantity> list;
  for (const ParamRow& row : rows) list.emplace_back(1.5, row.parsed.dimension);
  return list;
}
inline std::vector<Quantity> quantities(std::span<const StateRow> rows) {
  std::vector<Quantity> list;
  for (const StateRow& row : rows) list.emplace_back(1.25, row.parsed.dimension);
  return list;
}

template <class Rows>
std::vector<Tex> symbols(const Rows& rows) {
  std::vector<Tex> list;
  for (const auto& row : rows) list.push_back(symbol(row.name));
  return list;
}

inline PhysicalDimension per_day(PhysicalDimension dimension) {
  dimension.power[PhysicalDimension::time] -= 1;
  return dimension;
}

inline void compare(std::vector<std::string>& problems, std::string_view what, const Quantity& found,
                    const PhysicalDimension& expected) {
  if (found.dimension != expected && found.value != 0.0)
    problems.push_back(std::string(what) + " has " + internal_unit(found.dimension) + ", not " +
                       internal_unit(expected));
}

/// Runs `check`, which throws UnitMismatch or lists what it found.
template <class Check>
std::vector<std::string> units(Check check) {
  std::vector<std::string> problems;
  try {
    check(problems);
  } catch (const UnitMismatch& mismatch) {
    problems.push_back(mismatch.what());
  }
  return problems;
}

template <class M>
void describe(ModelInfo& info, std::string_view id, Kind kind) {
  static_assert(in_order<typename M::P>(M::params), "one row for each parameter, in the order of the members");
  info.kind = kind;
  info.id = id;
  info.title = M::title;
  info.source = M::source;
  info.note = M::note;
  info.params = M::params;
  for (const auto& set : M::sets) info.sets.push_back({set.name, set.source, set.values, set.residual});
  if constexpr (requires { M::covariates; }) {
    info.covariates = M::covariates;
    info.individualise = [](double* p, const double* c) {
      auto& params = *reinterpret_cast<typename M::P*>(p);
      M::individualise(params, *reinterpret_cast<const typename M::Covariates*>(c));
    };
  }
}

/// What a drug's doses and its concentration are counted in.
template <class Drug>
void describe_amounts(KineticsModel& model) {
  constexpr std::string_view unit = Drug::amount_unit;
  static_assert(unit == "mg" || unit == "ug" || unit == "umol");
  model.amount_unit = unit;
  model.amount_scale = unit_of(Drug::amount_unit).factor;
  if constexpr (requires { Drug::unbound_fraction; }) model.unbound_fraction = Drug::unbound_fraction;
  if constexpr (requires { Drug::measures_unbound; }) model.measures_unbound = Drug::measures_unbound;
  std::string_view shown = model.measures_unbound ? "unbound concentration in plasma" : "concentration in plasma";
  if constexpr (requires { Drug::shown; }) shown = Drug::shown;
  model.signal = {Drug::drug, unit == "mg" ? "mg/L" : unit == "ug" ? "ug/L" : "umol/L", shown, ""};
}

}  // namespace nadir::erase_detail

#pragma once
/// A kinetics header as the engine sees it: linear ones give rate constants, the others a right-hand side.

#include "sim/model/erase.hpp"

namespace nadir {

namespace erase_detail {

/// Names of the compartments of a linear model, in the order of Shape.
inline std::vector<std::string_view> compartment_names(Shape shape) {
  std::vector<std::string_view> names;
  if (shape.depot) names.push_back("depot");
  names.push_back("central");
  if (shape.peripherals > 0) names.push_back("peripheral1");
  if (shape.peripherals > 1) names.push_back("peripheral2");
  return names;
}

template <class M>
inline constexpr bool is_linear = requires {
  &M::template constants<double>;
};

template <class M>
std::vector<StateRow> kinetics_states() {
  if constexpr (is_linear<M>) {
    std::vector<StateRow> rows;
    for (const std::string_view name : compartment_names(M::shape))
      rows.push_back({name, M::amount_unit, unit_of(M::amount_unit), "drug in this compartment"});
    return rows;
  } else {
    return {M::states.begin(), M::states.end()};
  }
}

/// Rates of change of the amounts without input, whichever way the model states them.
template <class M, class T>
std::vector<T> kinetics_rates(const std::vector<T>& amounts, const std::vector<T>& params) {
  const auto& p = as<Params<M, T>>(params.data());
  std::vector<T> rates(amounts.size());
  if constexpr (is_linear<M>) {
    std::array<T, 4> all{};
    for (std::size_t i = 0; i < amounts.size(); ++i) all[i] = amounts[i];
    const auto result = mammillary_rhs(all, M::constants(p), M::shape);
    for (std::size_t i = 0; i < amounts.size(); ++i) rates[i] = result[i];
  } else {
    store(M::rhs(as<State<M, T>>(amounts.data()), p, State<M, T>{}), rates.data());
  }
  return rates;
}

template <class M>
std::vector<std::string> kinetics_units() {
  return units([](std::vector<std::string>& problems) {
    const auto rows = kinetics_states<M>();
    const auto params = quantities(M::params);
    const auto rates = kinetics_rates<M, Quantity>(quantities(rows), params);
    for (std::size_t i = 0; i < rows.size(); ++i)
      compare(problems, rows[i].name, rates[i], per_day(rows[i].parsed.dimension));
    compare(problems, "volume", M::volume(as<Params<M, Quantity>>(params.data())), unit_of("L").dimension);
  });
}

template <class M>
std::vector<std::string> kinetics_equations() {
  const auto rows = kinetics_states<M>();
  const auto rates = kinetics_rates<M, Tex>(symbols(rows), symbols(M::params));
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < rows.size(); ++i)
    lines.push_back("\\frac{d\\," + symbol(rows[i].name).text + "}{dt} = " + rates[i].text);
  const auto params = symbols(M::params);
  lines.push_back("C = " + (symbol("central") / M::volume(as<Params<M, Tex>>(params.data()))).text);
  return lines;
}

template <class M, class T>
T molar_mass_of(const T* p) {
  if constexpr (requires { M::molar_mass; }) {
    return T(M::molar_mass);
  } else {
    return as<Params<M, T>>(p).molar_mass * T(1000.0);  // internal mg/umol to g/mol
  }
}

template <class M, class T>
void nonlinear_rates(const T* x, const T* p, const T* inputs, T* rates) {
  using S = State<M, T>;
  store(M::rhs(as<S>(x), as<Params<M, T>>(p), as<S>(inputs)), rates);
}

template <class M, class T>
T nonlinear_concentration(const T* x, const T* p) {
  return x[M::shape.central()] / M::volume(as<Params<M, T>>(p));
}

}  // namespace erase_detail

template <class M>
KineticsModel erase_kinetics(std::string_view id) {
  using namespace erase_detail;
  KineticsModel model;
  describe<M>(model, id, Kind::kinetics);
  model.states = kinetics_states<M>();
  model.drug = M::drug;
  describe_amounts<M>(model);
  model.shape = M::shape;
  for (std::size_t i = 0; i < model.states.size(); ++i) model.compartments.push_back(i);
  model.into = static_cast<std::size_t>(M::shape.central());
  model.table_into = 0;  // the depot where there is one, else the central compartment
  model.linear = is_linear<M>;
  model.molar_mass = molar_mass_of<M, double>;
  model.recorded.molar_mass = molar_mass_of<M, Recorded>;
  if constexpr (is_linear<M>) {
    model.constants = [](const double* p) { return M::constants(as<Params<M, double>>(p)); };
  } else {
    model.rhs = nonlinear_rates<M, double>;
    model.recorded.rhs = nonlinear_rates<M, Recorded>;
    model.concentration = nonlinear_concentration<M, double>;
    model.recorded.concentration = nonlinear_concentration<M, Recorded>;
  }
  model.dosing = [](int compartment, const double* p) -> Dosing<double> {
    if constexpr (requires { &M::dosing; }) {
      return M::dosing(compartment, as<Params<M, double>>(p));
    } else {
      static_cast<void>(compartment);
      static_cast<void>(p);
      return {};
    }
  };
  model.volume = [](const double* p) { return M::volume(as<Params<M, double>>(p)); };
  model.recorded.volume = [](const Recorded* p) { return M::volume(as<Params<M, Recorded>>(p)); };
  model.unit_problems = kinetics_units<M>;
  model.equations = kinetics_equations<M>;
  return model;
}

}  // namespace nadir

#pragma once
/// The kinetics of a drug that a marrow hosts, as the engine sees it: states and parameters are the marrow's.

#include <type_traits>

#include "sim/model/erase.hpp"

namespace nadir {

namespace erase_detail {

/// Calls each(std::type_identity<Drug>{}) for the drugs that a marrow header lists as `using Drugs = HostedDrugs<…>`.
template <class... Drug, class Each>
void each_drug(HostedDrugs<Drug...>, Each each) {
  (each(std::type_identity<Drug>{}), ...);
}

template <class M>
inline constexpr bool hosts_drugs = requires {
  typename M::Drugs;
};

template <class M, class Each>
void each_drug_of(Each each) {
  if constexpr (hosts_drugs<M>) each_drug(typename M::Drugs{}, each);
}

/// The drug's doses count the unit of their states, and its concentration is that per litre.
template <class M, class Drug>
void check_hosted_units(std::vector<std::string>& problems, const Quantity* states, const Quantity* params) {
  const PhysicalDimension amount = unit_of(Drug::amount_unit).dimension;
  for (const DoseRow& row : Drug::doses)
    compare(problems, std::string(row.compartment) + ", which takes doses,", states[row.state], amount);
  PhysicalDimension per_litre = amount;
  per_litre.power[PhysicalDimension::volume] -= 1;
  compare(problems, std::string(Drug::drug) + ".concentration",
          Drug::concentration(as<State<M, Quantity>>(states), as<Params<M, Quantity>>(params)), per_litre);
}

template <class M, class Drug>
std::string hosted_equation(const Tex* states, const Tex* params) {
  return "C_{" + symbol(Drug::drug).text +
         "} = " + Drug::concentration(as<State<M, Tex>>(states), as<Params<M, Tex>>(params)).text;
}

/// Lag and availability; a header counts the compartments in the order of `doses`, rates in internal units.
template <class M, class Drug>
Dosing<double> hosted_dosing(int state, const double* p) {
  if constexpr (requires { &Drug::dosing; }) {
    int compartment = 0;
    while (static_cast<int>(Drug::doses[static_cast<std::size_t>(compartment)].state) != state) ++compartment;
    Dosing<double> dosing = Drug::dosing(compartment, as<Params<M, double>>(p));
    dosing.rate /= unit_of(Drug::amount_unit).factor;
    return dosing;
  } else {
    static_cast<void>(state);
    static_cast<void>(p);
    return {};
  }
}

template <class Drug, class T>
T hosted_molar_mass(const T*) {
  if constexpr (requires { Drug::molar_mass; }) return T(Drug::molar_mass);
  return T(0.0);
}

template <class M, class Drug, class T>
T hosted_concentration(const T* x, const T* p) {
  return Drug::concentration(as<State<M, T>>(x), as<Params<M, T>>(p));
}

template <class M, class Drug>
KineticsModel erase_hosted(const ModelInfo& marrow) {
  KineticsModel model;
  static_cast<ModelInfo&>(model) = marrow;
  model.kind = Kind::kinetics;
  model.hosted = true;
  model.drug = Drug::drug;
  describe_amounts<Drug>(model);
  for (const DoseRow& row : Drug::doses) model.compartments.push_back(row.state);
  model.into = model.table_into = model.compartments.front();
  model.molar_mass = hosted_molar_mass<Drug, double>;
  model.recorded.molar_mass = hosted_molar_mass<Drug, Recorded>;
  model.dosing = hosted_dosing<M, Drug>;
  model.concentration = hosted_concentration<M, Drug, double>;
  model.recorded.concentration = hosted_concentration<M, Drug, Recorded>;
  return model;
}

}  // namespace erase_detail

}  // namespace nadir

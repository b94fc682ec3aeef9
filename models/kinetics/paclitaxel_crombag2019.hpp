#pragma once
/// Paclitaxel with saturable elimination and saturable distribution. Crombag et al., Pharm Res 36:33 (2019), as quoted
/// by Janssen et al., Clin Pharmacokinet (2023), doi:10.1007/s40262-023-01263-1.

#include "sim/kinetics/mammillary.hpp"
#include "sim/model/rows.hpp"

namespace nadir {

struct PaclitaxelCrombag2019 {
  static constexpr std::string_view title = "Paclitaxel, saturable elimination and distribution (Crombag 2019)";
  static constexpr std::string_view source =
      "Crombag et al., Pharm Res 36:33 (2019), quoted by Janssen 2023, doi:10.1007/s40262-023-01263-1";
  static constexpr std::string_view note = "";
  static constexpr std::string_view drug = "paclitaxel";
  static constexpr std::string_view amount_unit = "umol";
  static constexpr double molar_mass = 853.9;
  static constexpr double unbound_fraction = 0.05;
  static constexpr Shape shape{.depot = false, .peripherals = 2};

  template <class T>
  struct Params {
    T v1, vm_el, km_el, vm_tr, km_tr, k21, q2, v3;
  };
  using P = Params<double>;
  static constexpr std::array params{
      param<&P::v1>("L", "central volume"),
      param<&P::vm_el>("umol/h", "largest rate of elimination"),
      param<&P::km_el>("umol/L", "concentration of half the largest elimination"),
      param<&P::vm_tr>("umol/h", "largest rate of transport into the first peripheral compartment"),
      param<&P::km_tr>("umol/L", "concentration of half the largest transport"),
      param<&P::k21>("1/h", "rate constant of the return from the first peripheral compartment"),
      param<&P::q2>("L/h", "exchange with the second peripheral compartment"),
      param<&P::v3>("L", "volume of the second peripheral compartment"),
  };

  template <class T>
  struct State {
    T central, peripheral1, peripheral2;
  };
  using S = State<double>;
  static constexpr std::array states{
      state<&S::central>("umol", "drug in the central compartment"),
      state<&S::peripheral1>("umol", "drug in the first peripheral compartment"),
      state<&S::peripheral2>("umol", "drug in the second peripheral compartment"),
  };

  /// `input`: infusion rate into each compartment.
  template <class T>
  static State<T> rhs(const State<T>& x, const Params<T>& p, const State<T>& input) {
    const T c = x.central / p.v1;
    const T elimination = p.vm_el * c / (p.km_el + c);
    const T transport = p.vm_tr * c / (p.km_tr + c);
    const T exchange = p.q2 * (c - x.peripheral2 / p.v3);
    return {
        .central = input.central - elimination - transport + p.k21 * x.peripheral1 - exchange,
        .peripheral1 = input.peripheral1 + transport - p.k21 * x.peripheral1,
        .peripheral2 = input.peripheral2 + exchange,
    };
  }

  template <class T>
  static T volume(const Params<T>& p) {
    return p.v1;
  }

  static constexpr std::array sets{
      ParameterSet<8>{"paclitaxel",
                      "as quoted by Janssen 2023",
                      {{{12},
                        {33.8, cv(0.270)},
                        {0.44},
                        {177, cv(0.267)},
                        {1.61, cv(0.66)},
                        {1.21},
                        {16.8, cv(0.495)},
                        {268, cv(0.362)}}}},
  };
};

}  // namespace nadir

#pragma once
/// Docetaxel, three compartments with spread between patients. Koolen et al., Br J Clin Pharmacol 69:465 (2010), as
/// quoted by Janssen et al., Clin Pharmacokinet (2023), doi:10.1007/s40262-023-01263-1.

#include "sim/kinetics/mammillary.hpp"
#include "sim/model/rows.hpp"

namespace nadir {

struct DocetaxelKoolen2010 {
  static constexpr std::string_view title = "Docetaxel, three compartments (Koolen 2010)";
  static constexpr std::string_view source =
      "Koolen et al., Br J Clin Pharmacol 69:465 (2010), quoted by Janssen 2023, doi:10.1007/s40262-023-01263-1";
  static constexpr std::string_view note = "";
  static constexpr std::string_view drug = "docetaxel";
  static constexpr std::string_view amount_unit = "mg";
  static constexpr double molar_mass = 807.9;
  static constexpr double unbound_fraction = 0.06;
  static constexpr Shape shape{.depot = false, .peripherals = 2};

  template <class T>
  struct Params {
    T cl, v1, q1, v2, q2, v3;
  };
  using P = Params<double>;
  static constexpr std::array params{
      param<&P::cl>("L/h", "clearance"),
      param<&P::v1>("L", "central volume"),
      param<&P::q1>("L/h", "exchange with the first peripheral compartment"),
      param<&P::v2>("L", "volume of the first peripheral compartment"),
      param<&P::q2>("L/h", "exchange with the second peripheral compartment"),
      param<&P::v3>("L", "volume of the second peripheral compartment"),
  };

  template <class T>
  static Mammillary<T> constants(const Params<T>& p) {
    return {
        .ka = T{}, .k10 = p.cl / p.v1, .k12 = p.q1 / p.v1, .k21 = p.q1 / p.v2, .k13 = p.q2 / p.v1, .k31 = p.q2 / p.v3};
  }

  template <class T>
  static T volume(const Params<T>& p) {
    return p.v1;
  }

  static constexpr std::array sets{
      ParameterSet<6>{"docetaxel",
                      "as quoted by Janssen 2023",
                      {{{44.1, cv(0.294)}, {8.9, cv(0.378)}, {6.1, cv(0.203)}, {7.3}, {14.4}, {388}}}},
  };
};

}  // namespace nadir

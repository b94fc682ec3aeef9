#pragma once
/// Docetaxel, three compartments. Bruno et al., J Pharmacokinet Biopharm 24:153 (1996); values of the typical patient
/// as listed in radivot/myelo, fribergPars02.R. The source of the values gives no spread between patients.

#include "sim/kinetics/mammillary.hpp"
#include "sim/model/rows.hpp"

namespace nadir {

struct DocetaxelBruno1996 {
  static constexpr std::string_view title = "Docetaxel, three compartments (Bruno 1996)";
  static constexpr std::string_view source = "Bruno et al., J Pharmacokinet Biopharm 24:153 (1996)";
  static constexpr std::string_view note =
      "Typical values only: the spread between patients is not in the source read.";
  static constexpr std::string_view drug = "docetaxel";
  static constexpr std::string_view amount_unit = "mg";
  static constexpr double molar_mass = 807.9;
  static constexpr double unbound_fraction = 0.02;  // Friberg 2002
  static constexpr Shape shape{.depot = false, .peripherals = 2};

  template <class T>
  struct Params {
    T v1, k10, k12, k21, k13, k31;
  };
  using P = Params<double>;
  static constexpr std::array params{
      param<&P::v1>("L", "central volume"),
      param<&P::k10>("1/h", "elimination rate constant"),
      param<&P::k12>("1/h", "rate constant central to first peripheral compartment"),
      param<&P::k21>("1/h", "rate constant first peripheral compartment to central"),
      param<&P::k13>("1/h", "rate constant central to second peripheral compartment"),
      param<&P::k31>("1/h", "rate constant second peripheral compartment to central"),
  };

  template <class T>
  static Mammillary<T> constants(const Params<T>& p) {
    return {.ka = T{}, .k10 = p.k10, .k12 = p.k12, .k21 = p.k21, .k13 = p.k13, .k31 = p.k31};
  }

  template <class T>
  static T volume(const Params<T>& p) {
    return p.v1;
  }

  static constexpr std::array sets{
      ParameterSet<6>{"docetaxel",
                      "as listed in radivot/myelo, fribergPars02.R",
                      {{{7.4}, {5.2}, {1.06}, {1.51}, {1.26}, {0.084}}}},
  };
};

}  // namespace nadir

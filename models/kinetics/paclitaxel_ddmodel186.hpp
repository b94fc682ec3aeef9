#pragma once
/// Unbound paclitaxel, two compartments, for people whose own clearance and volumes are known. DDMODEL00000186, the
/// kinetics with which Friberg et al., J Clin Oncol 20:4713 (2002) estimated the effect on leukocytes.

#include "sim/kinetics/mammillary.hpp"
#include "sim/model/rows.hpp"

namespace nadir {

struct PaclitaxelDdmodel186 {
  static constexpr std::string_view title = "Unbound paclitaxel, two compartments (DDMODEL00000186)";
  static constexpr std::string_view source = "DDMODEL00000186 (Friberg 2002, paclitaxel)";
  static constexpr std::string_view note =
      "Amounts and volumes refer to unbound drug. The source uses each patient's own values and gives no typical "
      "ones: those of the set are the medians it quotes for clearance and mid-range volumes, without spread.";
  static constexpr std::string_view drug = "paclitaxel";
  static constexpr std::string_view amount_unit = "umol";
  static constexpr double molar_mass = 853.9;
  static constexpr double unbound_fraction = 0.05;  // Friberg 2002
  static constexpr bool measures_unbound = true;
  static constexpr Shape shape{.depot = false, .peripherals = 1};

  template <class T>
  struct Params {
    T cl, v1, q, v2;
  };
  using P = Params<double>;
  static constexpr std::array params{
      param<&P::cl>("L/h", "clearance of unbound drug"),
      param<&P::v1>("L", "central volume of unbound drug"),
      param<&P::q>("L/h", "exchange with the peripheral compartment"),
      param<&P::v2>("L", "peripheral volume of unbound drug"),
  };

  template <class T>
  static Mammillary<T> constants(const Params<T>& p) {
    return {.ka = T{}, .k10 = p.cl / p.v1, .k12 = p.q / p.v1, .k21 = p.q / p.v2, .k13 = T{}, .k31 = T{}};
  }

  template <class T>
  static T volume(const Params<T>& p) {
    return p.v1;
  }

  static constexpr std::array sets{
      ParameterSet<4>{"paclitaxel", "DDMODEL00000186: Q fixed; CL, V1, V2 individual", {{{285}, {290}, {204}, {995}}}},
  };
};

}  // namespace nadir

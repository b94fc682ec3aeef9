#pragma once
/// Unbound paclitaxel, two compartments, for people whose own clearance and volumes are known. DDMODEL00000186, the
/// kinetics with which Friberg et al., J Clin Oncol 20:4713 (2002) estimated the effect on leukocytes.

#include "models/structure/two_compartments.hpp"

namespace nadir {

struct PaclitaxelDdmodel186 : TwoCompartments {
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

  static constexpr std::array sets{
      ParameterSet<4>{"paclitaxel", "DDMODEL00000186: Q fixed; CL, V1, V2 individual", {{{285}, {290}, {204}, {995}}}},
  };
};

}  // namespace nadir

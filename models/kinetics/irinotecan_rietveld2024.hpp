#pragma once
/// Irinotecan, two compartments: the plasma part of a model of intraperitoneal irinotecan. Rietveld et al. (2024).

#include "models/structure/two_compartments.hpp"

namespace nadir {

struct IrinotecanRietveld2024 : TwoCompartments {
  static constexpr std::string_view title = "Irinotecan, two compartments (Rietveld 2024)";
  static constexpr std::string_view source =
      "Rietveld et al. (2024), plasma disposition after intraperitoneal irinotecan";
  static constexpr std::string_view note =
      "PLACEHOLDER for intravenous irinotecan: the source studied intraperitoneal doses; no spread is given.";
  static constexpr std::string_view drug = "irinotecan";
  static constexpr std::string_view amount_unit = "mg";
  static constexpr double molar_mass = 586.7;
  static constexpr double unbound_fraction = 0.37;  // Friberg 2002, CPT-11

  static constexpr std::array sets{
      ParameterSet<4>{"irinotecan", "CL, V2, Q, V3 of the source", {{{33.2}, {225}, {13.9}, {119}}}},
  };
};

}  // namespace nadir

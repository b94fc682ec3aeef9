#pragma once
/// Irinotecan, two compartments: the plasma part of a model of intraperitoneal irinotecan. Rietveld et al. (2024).

#include "sim/kinetics/mammillary.hpp"
#include "sim/model/rows.hpp"

namespace nadir {

struct IrinotecanRietveld2024 {
  static constexpr std::string_view title = "Irinotecan, two compartments (Rietveld 2024)";
  static constexpr std::string_view source =
      "Rietveld et al. (2024), plasma disposition after intraperitoneal irinotecan";
  static constexpr std::string_view note =
      "PLACEHOLDER for intravenous irinotecan: the source studied intraperitoneal doses; no spread is given.";
  static constexpr std::string_view drug = "irinotecan";
  static constexpr std::string_view amount_unit = "mg";
  static constexpr double molar_mass = 586.7;
  static constexpr double unbound_fraction = 0.37;  // Friberg 2002, CPT-11
  static constexpr Shape shape{.depot = false, .peripherals = 1};

  template <class T>
  struct Params {
    T cl, v1, q, v2;
  };
  using P = Params<double>;
  static constexpr std::array params{
      param<&P::cl>("L/h", "clearance"),
      param<&P::v1>("L", "central volume"),
      param<&P::q>("L/h", "exchange with the peripheral compartment"),
      param<&P::v2>("L", "peripheral volume"),
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
      ParameterSet<4>{"irinotecan", "CL, V2, Q, V3 of the source", {{{33.2}, {225}, {13.9}, {119}}}},
  };
};

}  // namespace nadir

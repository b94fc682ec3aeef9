#pragma once
/// Etoposide, two compartments, by vein or by mouth. Toffoli et al., Br J Clin Pharmacol (2001),
/// doi:10.1046/j.0306-5251.2001.01468.x.

#include "sim/kinetics/mammillary.hpp"
#include "sim/model/component.hpp"

namespace nadir {

struct EtoposideToffoli2001 {
  static constexpr std::string_view title = "Etoposide, two compartments (Toffoli 2001)";
  static constexpr std::string_view source = "Toffoli et al. (2001), doi:10.1046/j.0306-5251.2001.01468.x";
  static constexpr std::string_view note = "The absorption rate constant ka is an assumption of the source.";
  static constexpr std::string_view drug = "etoposide";
  static constexpr std::string_view amount_unit = "mg";
  static constexpr double molar_mass = 588.6;
  static constexpr double unbound_fraction = 0.14;  // Friberg 2002
  static constexpr Shape shape{.depot = true, .peripherals = 1};

  template <class T>
  struct Params {
    T cl, v1, q, v2, ka, f;
  };
  using P = Params<double>;
  static constexpr std::array params{
      param<&P::cl>("L/h", "clearance"),
      param<&P::v1>("L", "central volume"),
      param<&P::q>("L/h", "exchange with the peripheral compartment"),
      param<&P::v2>("L", "peripheral volume"),
      param<&P::ka>("1/h", "absorption rate constant"),
      param<&P::f>("1", "share of an oral dose that is absorbed", not_negative()),
  };

  struct Covariates {
    double crcl;
  };
  static constexpr std::array covariates{
      covariate<&Covariates::crcl>("mL/min", 70.0, "creatinine clearance"),
  };

  static void individualise(P& p, const Covariates& person) {
    // 1.14 + 0.0057·(crcl − 70) L/h: the slope is scaled with the typical clearance, which the user may change.
    p.cl *= 1.0 + 0.0057 / 1.14 * (person.crcl - 70.0);
  }

  template <class T>
  static Mammillary<T> constants(const Params<T>& p) {
    return {.ka = p.ka, .k10 = p.cl / p.v1, .k12 = p.q / p.v1, .k21 = p.q / p.v2, .k13 = T{}, .k31 = T{}};
  }

  template <class T>
  static T volume(const Params<T>& p) {
    return p.v1;
  }

  static Dosing<double> dosing(int compartment, const P& p) {
    return {.bioavailability = compartment == 0 ? p.f : 1.0};
  }

  static constexpr std::array sets{
      ParameterSet<6>{
          "etoposide",
          "doi:10.1046/j.0306-5251.2001.01468.x",
          {{{1.14, cv(0.17)}, {6.1, cv(0.15)}, {0.854, cv(0.13)}, {12.174, cv(0.20)}, {0.6}, {0.44, cv(0.22)}}}},
  };
};

}  // namespace nadir

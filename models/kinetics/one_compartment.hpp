#pragma once
/// One compartment with first-order absorption: the textbook model, for any drug whose numbers the user gives (NONMEM's
/// ADVAN2 TRANS2).

#include "sim/kinetics/mammillary.hpp"
#include "sim/math/elementary.hpp"
#include "sim/model/component.hpp"

namespace nadir {

struct OneCompartment {
  static constexpr std::string_view title = "One compartment with first-order absorption";
  static constexpr std::string_view source = "textbook; the user gives the numbers";
  static constexpr std::string_view note =
      "Compartment 1 is the depot, 2 the central compartment. Effects need molar_mass.";
  static constexpr std::string_view drug = "";
  static constexpr std::string_view amount_unit = "mg";
  static constexpr double unbound_fraction = 1.0;
  static constexpr Shape shape{.depot = true, .peripherals = 0};

  template <class T>
  struct Params {
    T cl, v, ka, molar_mass, wt_on_cl, f_depot, lag_depot, f, lag, rate, duration;
  };
  using P = Params<double>;
  static constexpr std::array params{
      param<&P::cl>("L/h", "clearance of a person of 70 kg"),
      param<&P::v>("L", "volume"),
      param<&P::ka>("1/h", "absorption rate constant"),
      param<&P::molar_mass>("g/mol", "molar mass; 0: not known, then no effect can act", not_negative()),
      param<&P::wt_on_cl>("1", "exponent of (weight/70 kg) on clearance", between(-5.0, 5.0)),
      param<&P::f_depot>("1", "share of a dose to the depot that arrives", not_negative()),
      param<&P::lag_depot>("h", "delay of a dose to the depot", not_negative()),
      param<&P::f>("1", "share of a dose to the central compartment that arrives", not_negative()),
      param<&P::lag>("h", "delay of a dose to the central compartment", not_negative()),
      param<&P::rate>("mg/h", "infusion rate of doses with RATE = -1", not_negative()),
      param<&P::duration>("h", "infusion time of doses with RATE = -2", not_negative()),
  };

  struct Covariates {
    double wt;
  };
  static constexpr std::array covariates{
      covariate<&Covariates::wt>("kg", 70.0, "body weight"),
  };

  static void individualise(P& p, const Covariates& person) {
    if (p.wt_on_cl != 0.0) p.cl *= pow(person.wt / 70.0, p.wt_on_cl);
  }

  template <class T>
  static Mammillary<T> constants(const Params<T>& p) {
    return {.ka = p.ka, .k10 = p.cl / p.v, .k12 = T{}, .k21 = T{}, .k13 = T{}, .k31 = T{}};
  }

  template <class T>
  static T volume(const Params<T>& p) {
    return p.v;
  }

  static Dosing<double> dosing(int compartment, const P& p) {
    if (compartment == 0) return {.lag = p.lag_depot, .bioavailability = p.f_depot};
    return {.lag = p.lag, .bioavailability = p.f, .rate = p.rate, .duration = p.duration};
  }

  static constexpr std::array sets{
      ParameterSet<11>{
          "user", "given by the user", {{{required}, {required}, {required}, {0}, {0}, {1}, {0}, {1}, {0}, {0}, {0}}}},
  };
};

}  // namespace nadir

#pragma once
/// Effect of docetaxel on neutrophils, weaker when plasma protein binds more of it. Netterberg et al., Cancer Chemother
/// Pharmacol 80:343 (2017), doi:10.1007/s00280-017-3366-x (DDMODEL00000224).

#include "sim/math/elementary.hpp"
#include "sim/model/ports.hpp"
#include "sim/model/rows.hpp"

namespace nadir {

struct Netterberg2017Docetaxel {
  static constexpr std::string_view title = "Linear effect of docetaxel on neutrophils (Netterberg 2017, Kloft 2006)";
  static constexpr std::string_view source =
      "Netterberg et al., Cancer Chemother Pharmacol 80:343 (2017), doi:10.1007/s00280-017-3366-x, DDMODEL00000224";
  static constexpr std::string_view note = "Estimated together with the marrow netterberg2017.";
  static constexpr std::string_view lineage = "neutrophil";

  template <class T>
  struct Params {
    T slope;
  };
  using P = Params<double>;
  static constexpr std::array params{
      param<&P::slope>("L/umol", "effect per total concentration", not_negative()),
  };

  struct Covariates {
    double aag;
  };
  static constexpr std::array covariates{
      covariate<&Covariates::aag>("g/L", 1.34, "alpha-1-acid glycoprotein in plasma"),
  };

  static void individualise(P& p, const Covariates& person) { p.slope *= 1.0 - 0.350693 * (person.aag - 1.34); }

  template <class T>
  static void drive(Ports<T>& port, const Exposure<T>& c, const Params<T>& p) {
    port.suppression = port.suppression + p.slope * c.total;
  }

  static constexpr std::array sets{
      ParameterSet<1>{"docetaxel", "DDMODEL00000224: SL", {{{15.5711, omega2(0.128412)}}}},
  };
};

}  // namespace nadir

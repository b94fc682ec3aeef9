#pragma once
/// Neutrophils under docetaxel, with the person's covariates. Netterberg et al., Cancer Chemother Pharmacol 80:343
/// (2017), doi:10.1007/s00280-017-3366-x (DDMODEL00000224), after Kloft et al., Clin Cancer Res 12:5481 (2006).

#include "models/structure/transit_chain.hpp"

namespace nadir {

struct Netterberg2017 : TransitChain {
  static constexpr std::string_view title = "Neutrophils under docetaxel (Netterberg 2017, Kloft 2006)";
  static constexpr std::string_view source =
      "Netterberg et al., Cancer Chemother Pharmacol 80:343 (2017), doi:10.1007/s00280-017-3366-x, DDMODEL00000224";
  static constexpr std::string_view note =
      "Its share of grade 4 neutropenia agrees with the clinic; use it with the "
      "effect netterberg2017_docetaxel.";
  static constexpr std::string_view lineage = "neutrophil";
  static constexpr SignalRow signal{"anc", "10^9 cells/L", "absolute neutrophil count", "751-8"};

  struct Covariates {
    double sexf, ecog, prior_therapy, aag;
  };
  static constexpr std::array covariates{
      covariate<&Covariates::sexf>("1", 0.0, "1 for a woman, 0 for a man"),
      covariate<&Covariates::ecog>("1", 0.0, "ECOG performance status"),
      covariate<&Covariates::prior_therapy>("1", 0.0, "1 after earlier chemotherapy, else 0"),
      covariate<&Covariates::aag>("g/L", 1.34, "alpha-1-acid glycoprotein in plasma"),
  };

  static void individualise(P& p, const Covariates& person) {
    const double aag = person.aag - 1.34;
    p.circ0 *= (1.0 - 0.121451 * person.sexf) * (1.0 + 0.130406 * (person.ecog >= 1.0 ? 1.0 : 0.0)) *
               (1.0 - 0.146837 * person.prior_therapy) * (1.0 + (aag <= 0.0 ? 0.174677 : 0.494618) * aag);
  }

  static constexpr std::array sets{
      ParameterSet<3>{"docetaxel",
                      "DDMODEL00000224: BA, MT, PO",
                      {{{5.21965, omega2(0.0639703)}, {84.1791, omega2(0.0191785)}, {0.144543}}},
                      {.log_sd = 0.424093}},
  };
};

}  // namespace nadir

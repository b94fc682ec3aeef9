#pragma once
/// Neutrophils under chemotherapy. Friberg et al., J Clin Oncol 20:4713 (2002), doi:10.1200/JCO.2002.02.140.
/// The columns "(CV%)" of its tables are √ω², so they are written as omega(). Vinflunine is left out: the printed unit
/// of its slope cannot be right.

#include "models/structure/transit_chain.hpp"

namespace nadir {

struct Friberg2002 : TransitChain {
  static constexpr std::string_view title = "Neutrophils under chemotherapy (Friberg 2002)";
  static constexpr std::string_view source = "Friberg et al., J Clin Oncol 20:4713 (2002), doi:10.1200/JCO.2002.02.140";
  static constexpr std::string_view note =
      "One set of system values per drug: take the set and the effect of the same drug.";
  static constexpr std::string_view lineage = "neutrophil";
  static constexpr SignalRow signal{"anc", "10^9 cells/L", "absolute neutrophil count", "751-8"};

  using Set = ParameterSet<3>;
  static constexpr std::array sets{
      // name, place in the source, {circ0, mtt, gamma}, residual error
      Set{"docetaxel", "Table 2", {{{5.05, omega(0.42)}, {88.7, omega(0.16)}, {0.161}}}, {1.15, 0.273}},
      Set{"paclitaxel", "Table 2", {{{5.20, omega(0.35)}, {127, omega(0.18)}, {0.230}}}, {0.0, 0.399}},
      Set{"etoposide", "Table 2", {{{5.45, omega(0.42)}, {135, omega(0.14)}, {0.174}}}, {0.671, 0.453}},
      Set{"dmdc", "Table 2", {{{5.43, omega(0.39)}, {123, omega(0.49)}, {0.160}}}, {0.0, 0.489}},
      Set{"irinotecan", "Table 2, CPT-11", {{{5.51, omega(0.29)}, {113, omega(0.29)}, {0.132}}}, {0.434, 0.341}},
      Set{"docetaxel_emax", "Table 4", {{{5.05, omega(0.42)}, {89.3, omega(0.16)}, {0.163}}}, {1.14, 0.272}},
      Set{"etoposide_emax", "Table 4", {{{5.54, omega(0.42)}, {136, omega(0.14)}, {0.172}}}, {0.663, 0.450}},
      Set{"dmdc_emax", "Table 4", {{{5.46, omega(0.40)}, {132, omega(0.45)}, {0.181}}}, {0.0, 0.483}},
      Set{"fixed_system", "text: system values for a new drug", {{{5.0, omega(0.35)}, {125, omega(0.20)}, {0.17}}}},
  };
};

}  // namespace nadir

#pragma once
/// Leukocytes (all white cells) under chemotherapy. Friberg et al., J Clin Oncol 20:4713 (2002),
/// doi:10.1200/JCO.2002.02.140. The columns "(CV%)" of its tables are √ω², so they are written as omega().

#include "models/structure/transit_chain.hpp"

namespace nadir {

struct Friberg2002Leukocytes : TransitChain {
  static constexpr std::string_view title = "Leukocytes under chemotherapy (Friberg 2002)";
  static constexpr std::string_view source = "Friberg et al., J Clin Oncol 20:4713 (2002), doi:10.1200/JCO.2002.02.140";
  static constexpr std::string_view note =
      "One set of system values per drug: take the set and the effect of the same drug.";
  static constexpr std::string_view lineage = "leukocyte";
  static constexpr SignalRow signal{"wbc", "10^9 cells/L", "white blood cell count", "6690-2"};

  using Set = ParameterSet<3>;
  static constexpr std::array sets{
      // name, place in the source, {circ0, mtt, gamma}, residual error
      Set{"docetaxel", "Table 1", {{{7.12, omega(0.35)}, {90.4, omega(0.14)}, {0.175}}}, {1.31, 0.189}},
      Set{"paclitaxel", "Table 1", {{{7.21, omega(0.33)}, {124, omega(0.17)}, {0.239}}}, {0.0, 0.286}},
      Set{"etoposide", "Table 1", {{{7.07, omega(0.39)}, {135, omega(0.14)}, {0.189}}}, {0.0, 0.414}},
      Set{"dmdc", "Table 1", {{{7.50, omega(0.34)}, {123, omega(0.22)}, {0.121}}}, {0.0, 0.373}},
      Set{"irinotecan", "Table 1, CPT-11", {{{8.10, omega(0.26)}, {125, omega(0.31)}, {0.147}}}, {1.31, 0.0}},
      Set{"docetaxel_emax", "Table 3", {{{7.10, omega(0.35)}, {89.4, omega(0.15)}, {0.175}}}, {1.20, 0.205}},
      Set{"etoposide_emax", "Table 3", {{{7.25, omega(0.39)}, {134, omega(0.14)}, {0.183}}}, {0.0, 0.403}},
      Set{"dmdc_emax", "Table 3", {{{7.60, omega(0.34)}, {132, omega(0.24)}, {0.133}}}, {0.0, 0.360}},
      Set{"fixed_system", "text: system values for a new drug", {{{7.0, omega(0.35)}, {125, omega(0.20)}, {0.17}}}},
  };
};

}  // namespace nadir

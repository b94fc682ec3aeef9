#pragma once
/// Saturable drug effect on neutrophils. Friberg et al., J Clin Oncol 20:4713 (2002), Table 4.

#include "models/structure/emax_effect.hpp"

namespace nadir {

struct Friberg2002Emax : EmaxEffect {
  static constexpr std::string_view title = "Emax effect on neutrophils (Friberg 2002)";
  static constexpr std::string_view source = "Friberg et al., J Clin Oncol 20:4713 (2002), doi:10.1200/JCO.2002.02.140";
  static constexpr std::string_view note = "Use it with the system values of the set <drug>_emax.";
  static constexpr std::string_view lineage = "neutrophil";

  using Set = ParameterSet<2>;
  static constexpr std::array sets{
      // name, place in the source, {emax, ec50}
      Set{"docetaxel", "Table 4", {{{83.9}, {7.17, omega(0.77)}}}},
      Set{"etoposide", "Table 4", {{{1.57}, {5.20, omega(1.00)}}}},
      Set{"dmdc", "Table 4", {{{1.97}, {1.82, omega(0.74)}}}},
  };
};

}  // namespace nadir

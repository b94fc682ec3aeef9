#pragma once
/// Drug effect proportional to the concentration, on neutrophils. Friberg et al., J Clin Oncol 20:4713 (2002), Table 2.

#include "models/structure/linear_effect.hpp"

namespace nadir {

struct Friberg2002Linear : LinearEffect {
  static constexpr std::string_view title = "Linear effect on neutrophils (Friberg 2002)";
  static constexpr std::string_view source = "Friberg et al., J Clin Oncol 20:4713 (2002), doi:10.1200/JCO.2002.02.140";
  static constexpr std::string_view note = "Estimated together with the system values of the same drug's set.";
  static constexpr std::string_view lineage = "neutrophil";

  using Set = ParameterSet<2>;
  static constexpr std::array sets{
      // name, place in the source, {slope, slope_unbound}
      Set{"docetaxel", "Table 2", {{{8.58, omega(0.60)}, {0.0}}}},
      Set{"paclitaxel", "Table 2, unbound", {{{0.0}, {44.2, omega(0.43)}}}},
      Set{"etoposide", "Table 2", {{{0.126, omega(0.40)}, {0.0}}}},
      Set{"dmdc", "Table 2", {{{0.782, omega(0.63)}, {0.0}}}},
      Set{"irinotecan", "Table 2, CPT-11", {{{1.29, omega(0.43)}, {0.0}}}},
      Set{"user",
          "the slope must be given by the user; spread of the fixed-system set",
          {{{required, omega(0.45)}, {0.0}}}},
  };
};

}  // namespace nadir

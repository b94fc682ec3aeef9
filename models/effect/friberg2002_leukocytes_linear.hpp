#pragma once
/// Drug effect proportional to the concentration, on leukocytes. Friberg et al., J Clin Oncol 20:4713 (2002), Table 1.

#include "models/structure/linear_effect.hpp"

namespace nadir {

struct Friberg2002LeukocytesLinear : LinearEffect {
  static constexpr std::string_view title = "Linear effect on leukocytes (Friberg 2002)";
  static constexpr std::string_view source = "Friberg et al., J Clin Oncol 20:4713 (2002), doi:10.1200/JCO.2002.02.140";
  static constexpr std::string_view note = "Estimated together with the system values of the same drug's set.";
  static constexpr std::string_view lineage = "leukocyte";

  using Set = ParameterSet<2>;
  static constexpr std::array sets{
      // name, place in the source, {slope, slope_unbound}
      Set{"docetaxel", "Table 1", {{{6.39, omega(0.47)}, {0.0}}}},
      Set{"paclitaxel", "Table 1, unbound", {{{0.0}, {28.9, omega(0.42)}}}},
      Set{"etoposide", "Table 1", {{{0.0710, omega(0.45)}, {0.0}}}},
      Set{"dmdc", "Table 1", {{{0.660, omega(0.44)}, {0.0}}}},
      Set{"irinotecan", "Table 1, CPT-11", {{{0.892, omega(0.40)}, {0.0}}}},
      Set{"user",
          "the slope must be given by the user; spread of the fixed-system set",
          {{{required, omega(0.45)}, {0.0}}}},
  };
};

}  // namespace nadir

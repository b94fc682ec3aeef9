#pragma once
/// Saturable drug effect on leukocytes. Friberg et al., J Clin Oncol 20:4713 (2002), Table 3.

#include "models/structure/emax_effect.hpp"

namespace nadir {

struct Friberg2002LeukocytesEmax : EmaxEffect {
  static constexpr std::string_view title = "Emax effect on leukocytes (Friberg 2002)";
  static constexpr std::string_view source = "Friberg et al., J Clin Oncol 20:4713 (2002), doi:10.1200/JCO.2002.02.140";
  static constexpr std::string_view note = "Use it with the system values of the set <drug>_emax.";
  static constexpr std::string_view lineage = "leukocyte";

  using Set = ParameterSet<2>;
  static constexpr std::array sets{
      // name, place in the source, {emax, ec50}
      Set{"docetaxel", "Table 3", {{{50.7}, {5.65, omega(0.61)}}}},
      Set{"etoposide", "Table 3", {{{1.09}, {7.64, omega(0.98)}}}},
      Set{"dmdc", "Table 3", {{{0.728}, {0.505, omega(0.94)}}}},
  };
};

}  // namespace nadir

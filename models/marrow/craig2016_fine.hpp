#pragma once
/// Granulopoiesis and G-CSF after Craig 2016 with many stages.

#include "models/structure/craig_chain.hpp"

namespace nadir {

struct Craig2016Fine : CraigChain<5, 20, 10> {
  static constexpr std::string_view title = "Granulopoiesis and G-CSF, 45 states (Craig 2016 as chains)";
  static constexpr std::string_view source =
      "Craig, Humphries, Mackey, Bull Math Biol 78:2304 (2016), arXiv:1512.06896; delays as chains of 5 (stem cells), "
      "20 "
      "(proliferation) and 10 (maturation) stages";
  static constexpr std::string_view note =
      "A variant with spread delays: it rests where the paper's delay equations rest and its G-CSF follows theirs, but "
      "counts move a little less: the peak after filgrastim 300 ug is 21.9 instead of 23.7, the nadir after Zalypsis 4 "
      "mg/m^2 2.47 instead of 2.18, the peak of six cycles of both 32.0 instead of 33.9. The rate of proliferation at "
      "rest follows from the balance (1.6645 1/d; printed 1.6647). Typical values only. Just the drugs that it hosts "
      "act on it.";
};

}  // namespace nadir

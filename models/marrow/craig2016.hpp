#pragma once
/// Granulopoiesis and G-CSF after Craig 2016 with few stages: for ensembles. craig2016_fine has more.

#include "models/structure/craig_chain.hpp"

namespace nadir {

struct Craig2016 : CraigChain<2, 5, 4> {
  static constexpr std::string_view title = "Granulopoiesis and G-CSF, 21 states (Craig 2016 as chains)";
  static constexpr std::string_view source =
      "Craig, Humphries, Mackey, Bull Math Biol 78:2304 (2016), arXiv:1512.06896; delays as chains of 2 (stem cells), "
      "5 (proliferation) and 4 (maturation) stages";
  static constexpr std::string_view note =
      "A variant with spread delays: it rests where the paper's delay equations rest and its G-CSF follows theirs, but "
      "counts move less: the peak after filgrastim 300 ug is 20.4 instead of 23.7, the nadir after Zalypsis 4 mg/m^2 "
      "2.87 instead of 2.18, the peak of six cycles of both 19.1 instead of 33.9; craig2016_fine comes nearer. The "
      "rate of proliferation at rest follows from the balance (1.6645 1/d; printed 1.6647). Typical values only. Just "
      "the drugs that it hosts act on it.";
};

}  // namespace nadir

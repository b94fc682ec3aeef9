#pragma once
/// For every marrow of the registry, a treatment at time 0 that its cells feel.

#include "tests/support/scenarios.hpp"

namespace nadir::test {

/// Each of the drugs that the marrow hosts and, where it can be suppressed, an oral drug with an effect on its lineage.
inline std::string felt_drugs(const MarrowModel& marrow) {
  std::string text;
  for (const KineticsModel& drug : marrow.drugs)
    text += treatment({std::string(drug.drug), "\"" + std::string(marrow.id) + "\"", "",
                       drug.drug == "filgrastim" ? "300 ug" : "4000 ug", ""});
  if (!marrow.honours_suppression()) return text;
  for (const EffectModel& effect : registry().effects) {
    if (effect.lineage != marrow.lineage) continue;
    const std::string kinetics =
        "{ model = \"one_compartment\", cl = \"10 L/h\", v = \"50 L\", ka = \"1 1/h\", molar_mass = \"800 g/mol\" }";
    const std::string of =
        "{ model = \"" + std::string(effect.id) + "\", set = \"" + std::string(effect.sets[0].name) + "\" }";
    return text + treatment({"drug", kinetics, of, "80 mg", "into = \"depot\"\n"});
  }
  return text;
}

/// The marrow's typical patient under those drugs; counts once an hour. `solver`: lines of that section.
inline std::string felt_scenario(const MarrowModel& marrow, double days, const std::string& solver) {
  return typical_patient(
      "model = \"" + std::string(marrow.id) + "\"\nset = \"" + std::string(marrow.sets[0].name) + "\"",
      felt_drugs(marrow), days, "[solver]\n" + solver + "\n");
}

}  // namespace nadir::test

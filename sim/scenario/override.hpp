#pragma once
/// Changes to a parsed scenario: `--set treatment.docetaxel.dose="75 mg/m^2"`, `--patients`, `--seed`.

#include "sim/scenario/scenario.hpp"
#include "sim/scenario/source.hpp"

namespace nadir {

/// Applies the overrides in order. A path names tables by key and list members by number (from 0) or by their `drug` or
/// `model`. What cannot be applied becomes a problem.
void apply_overrides(toml::table& table, const Overrides& overrides, Sources& sources, Problems& problems);

/// The overrides as they would stand on a command line, one a line.
std::string print(const Overrides& overrides);

}  // namespace nadir

#include "sim/ensemble/footprint.hpp"

#include <algorithm>

#include "sim/ensemble/production.hpp"
#include "sim/ensemble/rows.hpp"

namespace nadir {

Footprint footprint(const Plan& plan) {
  const Portion all{0, plan.patients};
  const Dataset dataset = outline(plan, all).dataset;
  double file = 65536.0;
  for (const Variable& variable : dataset.variables)
    file += static_cast<double>(elements(dataset, variable)) *
            static_cast<double>(std::max<std::size_t>(element_size(variable.values), 16 * variable.values.index() / 5));
  const auto n = static_cast<double>(plan.patients);
  const double series = static_cast<double>(signal_names(plan).size() * plan.times.size());
  constexpr double program = 24e6, tally_column = 4096.0, tallies = 5.0, bands = 34e6;
  const double range = std::min(static_cast<double>(range_size(file / n)), n) * file / n;
  // Of three ranges one is simulated, one waits and one is written; the summary takes a few metrics of all patients.
  const double memory = program + 3.0 * range + tallies * tally_column * series + 24.0 * n;
  return {.file = file,
          .memory = memory + (stored_series(plan) == plan.patients ? std::min(bands, file) : 0.0),
          .whole = program + 2.0 * file + tallies * tally_column * series};
}

}  // namespace nadir

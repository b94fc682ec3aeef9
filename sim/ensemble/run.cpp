#include "sim/ensemble/run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "sim/ensemble/collect.hpp"

namespace nadir {

namespace {

/// Refuses what cannot fit, before the system takes the memory of others.
void check_memory(const Plan& plan) {
  const double needed = footprint(plan).memory;
  const double machine = static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGE_SIZE));
  if (needed < 0.8 * machine) return;
  raise(plan.scenario.ensemble.at("patients"),
        fmt::format("{} patients with {} stored times need about {:.0f} GB of memory; this machine has {:.0f} GB",
                    plan.patients, plan.times.size(), needed / 1e9, machine / 1e9),
        "take a longer time.sample, or fewer patients");
}

}  // namespace

Footprint footprint(const Plan& plan) {
  const auto n = static_cast<double>(plan.patients), times = static_cast<double>(plan.times.size());
  const auto signals = static_cast<double>(plan.assembly.marrows.size() + plan.assembly.drugs.size());
  const double rows = 1.0 + static_cast<double>(plan.cycles.size());
  const double numbers =
      static_cast<double>(plan.assembly.marrows.size()) * rows * static_cast<double>(measure_rows.size());
  const double own = plan.scenario.output.parameters
                         ? static_cast<double>(plan.population.parameters.size() + known_covariates.size())
                         : 0.0;
  const double patient = 8.0 * (numbers + own) + 16.0;
  const double stored = std::min(n, static_cast<double>(plan.scenario.output.series));
  const double file = n * patient + 4.0 * signals * times * (stored + 7.0) + 65536.0;
  // Series are held for all patients, for the quantiles; the metrics stand twice while datasets are made of them; the
  // file is built in memory.
  return {.memory = n * (4.0 * signals * times + 2.0 * patient) + file, .file = file};
}

Dataset run(const Plan& plan, const RunOptions& options) {
  check_memory(plan);
  Results results(plan, 0, plan.patients);
  simulate(plan, results, options);
  return collect(plan, results);
}

}  // namespace nadir

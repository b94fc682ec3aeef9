#include "sim/ensemble/run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "sim/ensemble/file_bands.hpp"
#include "sim/ensemble/footprint.hpp"
#include "sim/ensemble/production.hpp"
#include "sim/store/result_hash.hpp"

namespace nadir {

namespace {

/// Refuses what cannot fit, before the system takes the memory of others.
void check_memory(const Plan& plan) {
  const double needed = footprint(plan).whole;
  const double machine = static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGE_SIZE));
  if (needed < 0.8 * machine) return;
  raise(plan.scenario.ensemble.at("patients"),
        fmt::format("{} patients with {} stored series of {} times need about {:.0f} GB of memory; this machine has "
                    "{:.0f} GB",
                    plan.patients, stored_series(plan), plan.times.size(), needed / 1e9, machine / 1e9),
        "write the result to a file with 'nadir run', or take a longer time.sample, or fewer patients");
}

}  // namespace

Dataset run(const Plan& plan, const RunOptions& options) {
  check_memory(plan);
  Results results(plan, 0, plan.patients);
  simulate(plan, results, options);
  auto [dataset, rows] = outline(plan, {0, plan.patients});
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i]) dataset.variables[i].values = rows[i](results);
  if (const auto subjects = find(dataset, "subject")) {
    auto& ids = std::get<std::vector<std::string>>(dataset.variables[*subjects].values);
    for (std::size_t i = ids.size(); i < plan.patients; ++i) ids.push_back(ids[i - plan.events->subjects.size()]);
  }
  const std::vector<std::string> names = signal_names(plan);
  const bool all = results.stored == results.patients;
  for (std::size_t s = 0; s < names.size(); ++s)
    set_bands(dataset, names[s],
              all ? bands(results.series[s], results.times, results.status) : bands(results.tallies[s]));
  dataset.attributes.emplace_back(result_hash_name, result_hash(dataset));
  return std::move(dataset);
}

}  // namespace nadir

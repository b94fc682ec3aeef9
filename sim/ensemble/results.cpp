#include "sim/ensemble/results.hpp"

#include <algorithm>
#include <limits>

namespace nadir {

namespace {

std::size_t stored_in(const Plan& plan, std::size_t first, std::size_t count) {
  return std::clamp(stored_series(plan), first, first + count) - first;
}

}  // namespace

std::size_t stored_series(const Plan& plan) {
  return std::min(plan.patients, static_cast<std::size_t>(plan.scenario.output.series));
}

Results::Results(const Plan& plan, std::size_t first_index, std::size_t count)
    : first(first_index),
      patients(count),
      times(plan.times.size()),
      cycles(plan.cycles.size()),
      stored(stored_in(plan, first_index, count)),
      status(patients),
      steps(patients),
      parameters(plan.scenario.output.parameters ? patients * plan.population.parameters.size() : 0),
      covariates(plan.scenario.output.parameters ? patients * known_covariates.size() : 0),
      predicted(plan.events ? patients : 0) {
  for (std::size_t i = 0; i < plan.assembly.marrows.size() + plan.assembly.drugs.size(); ++i) {
    series.emplace_back(stored * times);
    tallies.emplace_back(times);
  }
  for (std::size_t m = 0; m < plan.assembly.marrows.size(); ++m) measures.emplace_back(patients * (1 + cycles));
}

void Results::store(const Plan& plan, std::size_t index, const Subject& subject, const Course& course) {
  const std::size_t place = index - first;
  status[place] = static_cast<std::int8_t>(course.status);
  steps[place] = static_cast<std::int32_t>(std::min<std::int64_t>(course.steps, INT32_MAX));
  std::size_t signal = 0;
  for (const auto* group : {&course.count_series, &course.drug_series}) {
    for (const auto& values : *group) {
      if (place < stored)
        std::transform(values.begin(), values.end(),
                       series[signal].begin() + static_cast<std::ptrdiff_t>(place * times),
                       [](double v) { return static_cast<float>(v); });
      ++signal;
    }
  }
  const MetricsSection& thresholds = plan.scenario.metrics;
  const double end = plan.scenario.time.end;
  for (std::size_t m = 0; m < measures.size(); ++m) {
    const auto measured = [&](double from, double to) {
      return measure(course.counts[m], {thresholds.severe, thresholds.profound, thresholds.recovery}, from, to,
                     plan.visits);
    };
    Measures* row = &measures[m][place * (1 + cycles)];
    row[0] = measured(plan.cycles.front(), end);
    for (std::size_t c = 0; c < cycles; ++c)
      row[1 + c] = measured(plan.cycles[c], c + 1 < cycles ? plan.cycles[c + 1] : end);
  }
  store_person(plan, place, subject);
  if (plan.events) predicted[place] = course.predicted;
}

void Results::store_person(const Plan& plan, std::size_t place, const Subject& subject) {
  if (plan.events)
    predicted[place].assign(subject.records->observations.size(), std::numeric_limits<double>::quiet_NaN());
  if (!plan.scenario.output.parameters) return;
  const std::size_t count = plan.population.parameters.size();
  for (std::size_t i = 0; i < count; ++i)
    parameters[place * count + i] = subject.parameters[0][i] / plan.population.parameters[i].row->parsed.factor;
  std::copy(subject.person.begin(), subject.person.end(),
            covariates.begin() + static_cast<std::ptrdiff_t>(place * known_covariates.size()));
}

}  // namespace nadir

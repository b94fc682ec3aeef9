#include "sim/ensemble/collect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/ensemble/bands.hpp"
#include "sim/ensemble/version.hpp"
#include "sim/metric/grade.hpp"
#include "sim/store/layout.hpp"

namespace nadir {

namespace {

class Collector {
 public:
  Collector(const Plan& plan, const Results& results) : plan_(plan), results_(results) {}

  Dataset collect() {
    coordinates();
    patients();
    for (std::size_t m = 0; m < plan_.assembly.marrows.size(); ++m) count(m);
    for (std::size_t d = 0; d < plan_.assembly.drugs.size(); ++d) drug(d);
    if (plan_.scenario.output.parameters) people();
    doses();
    if (plan_.events) observations();
    attributes();
    return std::move(dataset_);
  }

 private:
  void add(std::string_view row, const LayoutNames& names, Values values, std::string_view unit = "",
           std::string_view long_name = "") {
    dataset_.variables.push_back(make_variable(row, names, std::move(values), unit, long_name));
  }

  static std::vector<std::int64_t> numbers(std::size_t count, std::int64_t first) {
    std::vector<std::int64_t> list(count);
    std::iota(list.begin(), list.end(), first);
    return list;
  }

  void coordinates() {
    dataset_.dimensions = {{"patient", results_.patients},
                           {"time", results_.times},
                           {"quantile", quantile_levels.size()},
                           {"series", results_.stored},
                           {"cycle", results_.cycles}};
    add("patient", {}, numbers(results_.patients, 0));
    add("time", {}, plan_.times);
    add("quantile", {}, std::vector<double>(quantile_levels.begin(), quantile_levels.end()));
    add("series", {}, numbers(results_.stored, 0));
    add("cycle", {}, numbers(results_.cycles, 1));
    add("cycle.start", {}, plan_.cycles);
  }

  void flags(std::vector<std::int8_t> values, const char* meanings) {
    auto& attributes = dataset_.variables.back().attributes;
    attributes.emplace_back("flag_values", std::move(values));
    attributes.emplace_back("flag_meanings", std::string(meanings));
  }

  void patients() {
    add("status", {}, results_.status);
    flags({0, 1, 2, 3}, "ok step_limit not_finite bad_parameters");
    add("steps", {}, results_.steps);
  }

  void signal(std::size_t index, const std::string& name, std::string_view unit, std::string_view meaning) {
    const auto& series = results_.series[index];
    add("<signal>", {{"<signal>", name}}, std::vector<float>(series.begin(), series.end()), unit, meaning);
    Bands all = bands_of(index);
    add("<signal>.quantiles", {{"<signal>", name}}, std::move(all.quantiles), unit,
        fmt::format("quantiles of the {}", meaning));
    add("<signal>.mean", {{"<signal>", name}}, std::move(all.mean), unit, fmt::format("mean {}", meaning));
  }

  /// Exact where the series of all patients are there.
  Bands bands_of(std::size_t index) const {
    const Tally& tally = results_.tallies[index];
    if (results_.stored < results_.patients) return {tally.quantiles(quantile_levels), tally.mean()};
    return bands(results_.series[index], results_.times, results_.status);
  }

  void count(std::size_t m) {
    const SignalRow& row = plan_.assembly.marrows[m].model->signal;
    const std::string name(row.name);
    signal(m, name, row.unit, row.meaning);
    if (!row.loinc.empty())
      dataset_.variables[dataset_.variables.size() - 3].attributes.emplace_back("loinc", std::string(row.loinc));
    const std::size_t width = 1 + results_.cycles;
    const auto& measures = results_.measures[m];
    for (const MeasureRow& metric : measure_rows) {
      std::vector<double> whole, by_cycle;
      for (std::size_t i = 0; i < measures.size(); ++i)
        (i % width == 0 ? whole : by_cycle).push_back(measures[i].*metric.member);
      const LayoutNames names{{"<count>", name}, {"<metric>", std::string(metric.name)}};
      add("<count>.<metric>", names, std::move(whole), metric.unit, metric.meaning);
      add("<count>.cycle.<metric>", names, std::move(by_cycle), metric.unit, metric.meaning);
    }
    if (const GradeScale* scale = grade_scale(row.name)) grades(*scale, name, measures, width);
  }

  void grades(const GradeScale& scale, const std::string& name, const Array<Measures>& measures, std::size_t width) {
    std::vector<std::int8_t> whole, by_cycle;
    for (std::size_t i = 0; i < measures.size(); ++i)
      (i % width == 0 ? whole : by_cycle).push_back(static_cast<std::int8_t>(grade(scale, measures[i].nadir)));
    const auto describe = [&] {
      flags({-1, 0, 1, 2, 3, 4}, "unknown grade_0 grade_1 grade_2 grade_3 grade_4");
      dataset_.variables.back().attributes.emplace_back(
          "grade_thresholds",
          fmt::format("{:g} {:g} {:g} {:g}", scale.below[0], scale.below[1], scale.below[2], scale.below[3]));
    };
    add("<count>.grade", {{"<count>", name}}, std::move(whole), "",
        fmt::format("worst CTCAE v5 grade of {}", scale.title));
    describe();
    add("<count>.cycle.grade", {{"<count>", name}}, std::move(by_cycle), "",
        fmt::format("worst CTCAE v5 grade of {} within the cycle", scale.title));
    describe();
  }

  void drug(std::size_t d) {
    const DrugSlot& slot = plan_.assembly.drugs[d];
    signal(plan_.assembly.marrows.size() + d, slot.name, slot.model->signal.unit,
           fmt::format("{} of {}", slot.model->signal.meaning, slot.name));
  }

  /// Column `index` of a patient × width table.
  std::vector<double> column(const Array<double>& table, std::size_t width, std::size_t index) const {
    std::vector<double> values(results_.patients);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = table[i * width + index];
    return values;
  }

  void people() {
    for (std::size_t i = 0; i < known_covariates.size(); ++i) {
      auto values = column(results_.covariates, known_covariates.size(), i);
      if (std::all_of(values.begin(), values.end(), [](double v) { return std::isnan(v); })) continue;
      const KnownCovariate& known = known_covariates[i];
      add("covariate.<covariate>", {{"<covariate>", std::string(known.name)}}, std::move(values), known.unit,
          known.meaning);
    }
    const auto& parameters = plan_.population.parameters;
    for (const Slot& slot : plan_.assembly.slots) {
      for (std::size_t k = 0; k < slot.model->params.size(); ++k) {
        const std::size_t i = slot.params + k;
        const Parameter& parameter = parameters[i];
        add("<parameter>", {{"<parameter>", parameter.name}}, column(results_.parameters, parameters.size(), i),
            parameter.row->unit, parameter.row->meaning);
        auto& attributes = dataset_.variables.back().attributes;
        attributes.emplace_back("typical", parameter.typical);
        attributes.emplace_back("omega", omega_of(parameter.spread));
        attributes.emplace_back("source",
                                parameter.given_by_user ? std::string("scenario") : std::string(slot.model->source));
        attributes.emplace_back("model", std::string(slot.model->id));
      }
    }
  }

  void doses() {
    const Subject first = make_subject(plan_, 0);
    const auto& given = first.timeline.doses;
    if (given.empty()) return;
    std::vector<double> times, amounts, durations;
    std::vector<std::string> drugs;
    std::string_view unit = plan_.assembly.drugs[given.front().drug].model->amount_unit;
    for (const GivenDose& dose : given) {
      const DrugSlot& drug = plan_.assembly.drugs[dose.drug];
      if (drug.model->amount_unit != unit) unit = "1";  // mixed: the drug's model tells
      times.push_back(dose.time);
      drugs.push_back(drug.name);
      amounts.push_back(dose.amount);
      durations.push_back(dose.duration);
    }
    dataset_.dimensions.push_back({"dose", given.size()});
    add("dose.time", {}, std::move(times));
    add("dose.drug", {}, std::move(drugs));
    add("dose.amount", {}, std::move(amounts), unit);
    add("dose.duration", {}, std::move(durations));
  }

  void observations() {
    std::vector<std::int64_t> patients;
    std::vector<double> times, values, predicted;
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < results_.patients; ++i) {
      const SubjectRecords& records = plan_.events->subjects[i % plan_.events->subjects.size()];
      ids.push_back(records.id);
      for (std::size_t k = 0; k < records.observations.size(); ++k) {
        patients.push_back(static_cast<std::int64_t>(i));
        times.push_back(records.observations[k].time);
        values.push_back(records.observations[k].value);
        predicted.push_back(results_.predicted[i][k]);
      }
    }
    std::string_view unit = "1";
    if (plan_.events->observed_marrow >= 0)
      unit = plan_.assembly.marrows[static_cast<std::size_t>(plan_.events->observed_marrow)].model->signal.unit;
    if (plan_.events->observed_drug >= 0)
      unit = plan_.assembly.drugs[static_cast<std::size_t>(plan_.events->observed_drug)].model->signal.unit;
    add("subject", {}, std::move(ids));
    if (times.empty()) return;
    dataset_.dimensions.push_back({"observation", times.size()});
    add("observation.patient", {}, std::move(patients));
    add("observation.time", {}, std::move(times));
    add("observation.value", {}, std::move(values), unit);
    add("observation.predicted", {}, std::move(predicted), unit);
  }

  void attributes() {
    std::string sources;
    for (const Slot& slot : plan_.assembly.slots)
      if (sources.find(slot.model->source) == std::string::npos)
        sources += (sources.empty() ? "" : "; ") + std::string(slot.model->source);
    dataset_.attributes = {{"Conventions", std::string("CF-1.10")},
                           {"filetype", std::string(file_type)},
                           {"format_version", std::string(format_version)},
                           {"title", plan_.scenario.root.title},
                           {"source", fmt::format("nadir {}", version)},
                           {"nadir_version", std::string(version)},
                           {"seed", static_cast<std::int64_t>(plan_.population.seed)},
                           {"scenario_file", plan_.scenario.file},
                           {"scenario", plan_.scenario.text},
                           {"overrides", plan_.scenario.overrides},
                           {"cohort", plan_.cohort_text},
                           {"citations", sources},
                           {"disclaimer", std::string(disclaimer)}};
  }

  const Plan& plan_;
  const Results& results_;
  Dataset dataset_;
};

}  // namespace

Dataset collect(const Plan& plan, const Results& results) { return Collector(plan, results).collect(); }

}  // namespace nadir

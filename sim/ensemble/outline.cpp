#include "sim/ensemble/outline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/ensemble/bands.hpp"
#include "sim/ensemble/method.hpp"
#include "sim/ensemble/rows.hpp"
#include "sim/ensemble/version.hpp"
#include "sim/metric/grade.hpp"
#include "sim/store/layout.hpp"

namespace nadir {

namespace {

class Outliner {
 public:
  Outliner(const Plan& plan, const Portion& portion) : plan_(plan), portion_(portion) {}

  Outline outline() {
    coordinates();
    patients();
    for (std::size_t m = 0; m < plan_.assembly.marrows.size(); ++m) count(m);
    for (std::size_t d = 0; d < plan_.assembly.drugs.size(); ++d) drug(d);
    if (plan_.scenario.output.parameters) people();
    doses();
    if (plan_.events) observations();
    attributes();
    return std::move(outline_);
  }

 private:
  /// A variable that is known before the simulation.
  void add(std::string_view row, const LayoutNames& names, Values values, std::string_view unit = "",
           std::string_view long_name = "") {
    outline_.dataset.variables.push_back(make_variable(row, names, std::move(values), unit, long_name));
    outline_.rows.emplace_back();
  }

  /// A variable of which each range of patients gives its rows.
  template <class Take>
  void add_rows(std::string_view row, const LayoutNames& names, Take rows, std::string_view unit = "",
                std::string_view long_name = "") {
    add(row, names, std::invoke_result_t<Take, const Results&>{}, unit, long_name);
    outline_.rows.back() = std::move(rows);
  }

  Attributes& last() { return outline_.dataset.variables.back().attributes; }

  static std::vector<std::int64_t> numbers(std::size_t count, std::int64_t first) {
    std::vector<std::int64_t> list(count);
    std::iota(list.begin(), list.end(), first);
    return list;
  }

  std::size_t rows_of(std::string_view dimension) const {
    return rows_before(plan_, dimension, portion_.end()) - rows_before(plan_, dimension, portion_.first);
  }

  void coordinates() {
    outline_.dataset.dimensions = {{"patient", portion_.patients},
                                   {"time", plan_.times.size()},
                                   {"quantile", quantile_levels.size()},
                                   {"series", rows_of("series")},
                                   {"cycle", plan_.cycles.size()}};
    add_rows("patient", {}, [](const Results& r) { return numbers(r.patients, static_cast<std::int64_t>(r.first)); });
    add("time", {}, plan_.times);
    add("quantile", {}, std::vector<double>(quantile_levels.begin(), quantile_levels.end()));
    add_rows("series", {}, [](const Results& r) { return numbers(r.stored, static_cast<std::int64_t>(r.first)); });
    add("cycle", {}, numbers(plan_.cycles.size(), 1));
    add("cycle.start", {}, plan_.cycles);
  }

  void flags(std::vector<std::int8_t> values, const char* meanings) {
    last().emplace_back("flag_values", std::move(values));
    last().emplace_back("flag_meanings", std::string(meanings));
  }

  void patients() {
    add_rows("status", {}, [](const Results& r) { return r.status; });
    flags({0, 1, 2, 3}, "ok step_limit not_finite bad_parameters");
    add_rows("steps", {}, [](const Results& r) { return r.steps; });
  }

  void signal(std::size_t index, const std::string& name, std::string_view unit, std::string_view meaning,
              std::string_view loinc) {
    add_rows(
        "<signal>", {{"<signal>", name}},
        [index](const Results& r) { return std::vector<float>(r.series[index].begin(), r.series[index].end()); }, unit,
        meaning);
    if (!loinc.empty()) last().emplace_back("loinc", std::string(loinc));
    add("<signal>.quantiles", {{"<signal>", name}}, std::vector<float>{}, unit,
        fmt::format("quantiles of the {}", meaning));
    add("<signal>.mean", {{"<signal>", name}}, std::vector<float>{}, unit, fmt::format("mean {}", meaning));
  }

  /// A number of every patient's whole course, and of every cycle.
  template <class Number>
  void add_measure(std::size_t m, const std::string& row, const LayoutNames& names, const Measured<Number>& take,
                   std::string_view unit, const std::string& meaning, const std::string& cycle_meaning) {
    add_rows("<count>." + row, names, whole_course<Number>(m, take), unit, meaning);
    describe_grades(m, row);
    add_rows("<count>.cycle." + row, names, by_cycle<Number>(m, take), unit, cycle_meaning);
    describe_grades(m, row);
  }

  void describe_grades(std::size_t m, const std::string& row) {
    if (row != "grade") return;
    const auto& below = grade_scale(plan_.assembly.marrows[m].model->signal.name)->below;
    flags({-1, 0, 1, 2, 3, 4}, "unknown grade_0 grade_1 grade_2 grade_3 grade_4");
    last().emplace_back("grade_thresholds", fmt::format("{:g} {:g} {:g} {:g}", below[0], below[1], below[2], below[3]));
  }

  void count(std::size_t m) {
    const SignalRow& row = plan_.assembly.marrows[m].model->signal;
    const std::string name(row.name);
    signal(m, name, row.unit, row.meaning, row.loinc);
    for (const MeasureRow& metric : measure_rows) {
      const LayoutNames names{{"<count>", name}, {"<metric>", std::string(metric.name)}};
      const std::string meaning(metric.meaning);
      add_measure<double>(
          m, "<metric>", names, [member = metric.member](const Measures& of) { return of.*member; }, metric.unit,
          meaning, meaning);
    }
    if (const GradeScale* scale = grade_scale(row.name)) {
      const std::string meaning = fmt::format("worst CTCAE v5 grade of {}", scale->title);
      add_measure<std::int8_t>(
          m, "grade", {{"<count>", name}},
          [scale](const Measures& of) { return static_cast<std::int8_t>(grade(*scale, of.nadir)); }, "", meaning,
          meaning + " within the cycle");
    }
  }

  void drug(std::size_t d) {
    const DrugSlot& slot = plan_.assembly.drugs[d];
    signal(plan_.assembly.marrows.size() + d, slot.name, slot.model->signal.unit,
           fmt::format("{} of {}", slot.model->signal.meaning, slot.name), "");
  }

  /// Whether the cohort, the scenario or the event table says anything of a covariate.
  bool has_covariate(std::size_t index) const {
    const auto& rules = plan_.population.cohort.rules;
    if (std::any_of(rules.begin(), rules.end(), [&](const CovariateRule& rule) { return rule.covariate == index; }))
      return true;
    return plan_.events &&
           std::any_of(plan_.events->columns.begin(), plan_.events->columns.end(),
                       [&](const ColumnChange& change) { return change.is_covariate && change.index == index; });
  }

  void people() {
    for (std::size_t i = 0; i < known_covariates.size(); ++i) {
      if (!has_covariate(i)) continue;
      const KnownCovariate& known = known_covariates[i];
      add_rows("covariate.<covariate>", {{"<covariate>", std::string(known.name)}},
               column_of(&Results::covariates, known_covariates.size(), i), known.unit, known.meaning);
    }
    const auto& parameters = plan_.population.parameters;
    for (const Slot& slot : plan_.assembly.slots) {
      for (std::size_t k = 0; k < slot.model->params.size(); ++k) {
        const std::size_t i = slot.params + k;
        const Parameter& parameter = parameters[i];
        add_rows("<parameter>", {{"<parameter>", parameter.name}},
                 column_of(&Results::parameters, parameters.size(), i), parameter.row->unit, parameter.row->meaning);
        last().emplace_back("typical", parameter.typical);
        last().emplace_back("omega", omega_of(parameter.spread));
        last().emplace_back("source",
                            parameter.given_by_user ? std::string("scenario") : std::string(slot.model->source));
        last().emplace_back("model", std::string(slot.model->id));
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
    outline_.dataset.dimensions.push_back({"dose", given.size()});
    add("dose.time", {}, std::move(times));
    add("dose.drug", {}, std::move(drugs));
    add("dose.amount", {}, std::move(amounts), unit);
    add("dose.duration", {}, std::move(durations));
  }

  void observations() {
    const std::size_t subjects = plan_.events->subjects.size();
    std::vector<std::string> ids;  // as often repeated as there are patients
    for (std::size_t i = 0; i < std::min(subjects, portion_.patients); ++i)
      ids.push_back(records_of(plan_, portion_.first + i).id);
    std::string_view unit = "1";
    if (plan_.events->observed_marrow >= 0)
      unit = plan_.assembly.marrows[static_cast<std::size_t>(plan_.events->observed_marrow)].model->signal.unit;
    if (plan_.events->observed_drug >= 0)
      unit = plan_.assembly.drugs[static_cast<std::size_t>(plan_.events->observed_drug)].model->signal.unit;
    add("subject", {}, std::move(ids));
    if (rows_before(plan_, "observation", plan_.patients) == 0) return;
    outline_.dataset.dimensions.push_back({"observation", rows_of("observation")});
    add_rows("observation.patient", {},
             observed<std::int64_t>(plan_, [](const Observed& o) { return static_cast<std::int64_t>(o.patient); }));
    add_rows("observation.time", {}, observed<double>(plan_, [](const Observed& o) { return o.observation.time; }));
    add_rows("observation.value", {}, observed<double>(plan_, [](const Observed& o) { return o.observation.value; }),
             unit);
    add_rows("observation.predicted", {}, observed<double>(plan_, [](const Observed& o) { return o.predicted; }), unit);
  }

  void attributes() {
    std::string sources;
    for (const Slot& slot : plan_.assembly.slots)
      if (sources.find(slot.model->source) == std::string::npos)
        sources += (sources.empty() ? "" : "; ") + std::string(slot.model->source);
    outline_.dataset.attributes = {{"Conventions", std::string("CF-1.10")},
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
                                   {"method", std::string(method_of(plan_).name)},
                                   {"disclaimer", std::string(disclaimer)}};
  }

  const Plan& plan_;
  Portion portion_;
  Outline outline_;
};

}  // namespace

Outline outline(const Plan& plan, const Portion& portion) { return Outliner(plan, portion).outline(); }

}  // namespace nadir

#include "sim/ensemble/subject.hpp"

#include <algorithm>
#include <cmath>

#include "sim/timeline/expand.hpp"

namespace nadir {

namespace {

constexpr auto area_index = static_cast<std::size_t>(covariate_index("bsa"));
constexpr auto weight_index = static_cast<std::size_t>(covariate_index("wt"));

double amount(const Regimen& regimen, const Covariates& person) {
  switch (regimen.basis) {
    case Regimen::Basis::flat:
      return regimen.amount;
    case Regimen::Basis::per_area:
      return regimen.amount * person[area_index];
    case Regimen::Basis::per_weight:
      return regimen.amount * person[weight_index];
  }
  return 0.0;
}

/// The doses of all regimens, in order of time.
void prescribe(const Plan& plan, Subject& subject) {
  subject.doses.clear();
  for (const Regimen& regimen : plan.regimens) {
    const double given = amount(regimen, subject.person);
    for (const double time : regimen.times) {
      subject.doses.push_back({.time = time,
                               .drug = regimen.drug,
                               .compartment = regimen.compartment,
                               .amount = given,
                               .rate = regimen.duration > 0.0 ? given / regimen.duration : 0.0});
    }
  }
  sort(subject.doses);
}

/// A patient of an event table. A line's values hold from the line before up to the line itself; a missing value keeps
/// what stood before.
class TableSubject {
 public:
  TableSubject(const Plan& plan, const SubjectRecords& records, Subject& subject)
      : plan_(plan), records_(records), subject_(subject) {}

  void build() {
    subject_.parameters.clear();
    const auto& columns = plan_.events->columns;
    std::vector<double> held(columns.size(), std::nan(""));
    std::vector<std::size_t> set_of_line;
    for (const auto& values : records_.values) {
      std::vector<double> now = held;
      for (std::size_t i = 0; i < now.size(); ++i)
        if (!std::isnan(values[i])) now[i] = values[i];
      if (set_of_line.empty() || now != held) subject_.parameters.push_back(parameters(now));
      set_of_line.push_back(subject_.parameters.size() - 1);
      held = now;
    }
    if (subject_.parameters.empty()) subject_.parameters.push_back(parameters(held));
    expand_doses(set_of_line);
    auto& events = subject_.timeline.events;
    for (std::size_t line = 1; line < set_of_line.size(); ++line) {
      if (set_of_line[line] == set_of_line[line - 1]) continue;
      events.push_back({.kind = Event::Kind::parameters,
                        .time = records_.times[line - 1],
                        .index = set_of_line[line],
                        .order = records_.orders[line - 1]});
    }
    for (std::size_t i = 0; i < records_.observations.size(); ++i) {
      const Observation& seen = records_.observations[i];
      events.push_back({.kind = Event::Kind::observe, .time = seen.time, .index = i, .order = seen.order});
    }
    std::erase_if(events, [&](const Event& event) { return event.time > plan_.scenario.time.end; });
    sort(events);
  }

 private:
  std::vector<double> parameters(const std::vector<double>& columns) {
    Covariates person = subject_.person;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const ColumnChange& change = plan_.events->columns[i];
      if (change.is_covariate && !std::isnan(columns[i])) person[change.index] = columns[i];
    }
    if (subject_.parameters.empty()) subject_.person = person;
    std::vector<double> values;
    plan_.population.individual(person, subject_.draws, values);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const ColumnChange& change = plan_.events->columns[i];
      if (!change.is_covariate && !std::isnan(columns[i]))
        values[change.index] = columns[i] * plan_.population.parameters[change.index].row->parsed.factor;
    }
    return values;
  }

  void expand_doses(const std::vector<std::size_t>& set_of_line) {
    const DosingOf dosing = [&](const DoseRecord& record) {
      const auto line =
          std::find(records_.orders.begin(), records_.orders.end(), record.order) - records_.orders.begin();
      const DrugSlot& drug = plan_.assembly.drugs[record.drug];
      const auto& params = subject_.parameters[set_of_line[static_cast<std::size_t>(line)]];
      return drug.model->dosing(record.compartment, &params[drug.params]);
    };
    expand(records_.doses, dosing, plan_.scenario.time.end, subject_.timeline);
  }

  const Plan& plan_;
  const SubjectRecords& records_;
  Subject& subject_;
};

}  // namespace

void make_subject(const Plan& plan, std::uint64_t index, Subject& subject) {
  subject.person = plan.population.cohort.draw(index);
  plan.population.draw(index, subject.draws);
  if (plan.events) {
    const auto& subjects = plan.events->subjects;
    subject.records = &subjects[index % subjects.size()];
    TableSubject(plan, *subject.records, subject).build();
    return;
  }
  subject.records = nullptr;
  subject.parameters.resize(1);
  plan.population.individual(subject.person, subject.draws, subject.parameters[0]);
  const DosingOf dosing = [&](const DoseRecord& record) {
    const DrugSlot& drug = plan.assembly.drugs[record.drug];
    return drug.model->dosing(record.compartment, &subject.parameters[0][drug.params]);
  };
  prescribe(plan, subject);
  expand(subject.doses, dosing, plan.scenario.time.end, subject.timeline);
}

Subject make_subject(const Plan& plan, std::uint64_t index) {
  Subject subject;
  make_subject(plan, index, subject);
  return subject;
}

}  // namespace nadir

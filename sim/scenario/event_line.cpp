#include "sim/scenario/event_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nadir {

namespace {

constexpr double most_additional = 1e6;

/// rxode2 codes events as 1CC01: infusion with its rate in AMT, begun by a positive and ended by a negative line; and
/// as CC01: all at once. CC is the compartment.
bool decode_rxode(const EventLine& line, DoseRecord& record, SubjectRecords& subject, const LineUnits& units,
                  const LineProblem& problem) {
  const auto code = static_cast<long>(line.kind);
  if (code % 100 != 1 || code >= 20000) {
    problem("EVID", fmt::format("EVID {} is not an event that nadir knows", code),
            "0, 1, 3, 4, or rxode2's 1CC01 and CC01");
    return false;
  }
  if (code < 10000) return true;
  if (line.amount > 0.0) {
    record.rate = line.amount * units.amount / units.time;
    record.amount = record.rate;  // until the line that ends the infusion tells how long it was
    return true;
  }
  const auto begun = std::find_if(subject.doses.rbegin(), subject.doses.rend(), [&](const DoseRecord& dose) {
    return dose.amount == dose.rate &&
           std::fabs(dose.rate + line.amount * units.amount / units.time) <= 1e-9 * dose.rate;
  });
  if (begun == subject.doses.rend()) {
    problem("AMT", "this line ends an infusion that no line began", "the rates of both lines must be equal");
  } else {
    begun->amount = begun->rate * (line.time - begun->time);
  }
  return false;
}

/// The state that compartment `number`, counted from 1, of an event table is; nothing when there is no such one.
std::optional<int> state_of(double number, const DrugSlot& drug, const LineProblem& problem) {
  const auto& compartments = drug.model->compartments;
  if (number >= 1.0 && number < static_cast<double>(compartments.size()) + 1.0)
    return static_cast<int>(compartments[static_cast<std::size_t>(number) - 1]);
  problem("CMT", fmt::format("kinetics '{}' has no compartment {}", drug.model->id, number),
          fmt::format("compartments 1 to {}", compartments.size()));
  return std::nullopt;
}

bool check_numbers(const EventLine& line, const DrugSlot& drug, const DoseRecord& record, const LineProblem& problem) {
  if (record.amount < 0.0) {
    problem("AMT", "a dose cannot be negative", "");
  } else if (line.rate < 0.0 && line.rate != -1.0 && line.rate != -2.0) {
    problem("RATE", fmt::format("RATE {} means nothing", line.rate),
            "0, a rate, -1 (modelled rate) or -2 (modelled duration)");
  } else if (line.additional < 0.0 || line.additional > most_additional ||
             line.additional != std::floor(line.additional)) {
    problem("ADDL", "ADDL must be a whole number from 0 to 1000000", "");
  } else if (line.additional > 0.0 && !(line.interval > 0.0)) {
    problem("II", "additional doses need an interval II above 0", "");
  } else if (line.interval < 0.0) {
    problem("II", "II cannot be negative", "");
  } else if (line.steady != 0.0 && line.steady != 1.0 && line.steady != 2.0) {
    problem("SS", "SS must be 0, 1 or 2", "");
  } else if (line.steady != 0.0 && !drug.model->linear) {
    problem("SS", fmt::format("'{}' has no steady state in closed form", drug.model->id),
            "write the doses that lead to it, with ADDL and II");
  } else if (line.steady != 0.0 && line.interval == 0.0 && !(line.amount == 0.0 && line.rate > 0.0)) {
    problem("II", "a steady state needs II, or AMT 0 with a RATE for a constant infusion", "");
  } else {
    return true;
  }
  return false;
}

}  // namespace

void add_line(const EventLine& line, const DrugSlot& drug, std::size_t drug_index, const LineUnits& units,
              SubjectRecords& subject, const LineProblem& problem) {
  if (line.kind == 0.0) {
    if (line.missing == 0.0) subject.observations.push_back({line.time, line.value, line.row});
    return;
  }
  if (line.kind == 2.0) return;  // "other": changes covariates only
  const double compartment =
      line.kind >= 100.0 ? static_cast<double>(static_cast<long>(line.kind) / 100 % 100) : line.compartment;
  DoseRecord record{.time = line.time,
                    .drug = drug_index,
                    .compartment = static_cast<int>(drug.model->table_into),
                    .amount = line.amount * units.amount,
                    .rate = line.rate > 0.0 ? line.rate * units.amount / units.time : line.rate,
                    .interval = line.interval,
                    .additional = static_cast<std::int64_t>(std::clamp(line.additional, 0.0, most_additional)),
                    .steady = static_cast<int>(line.steady),
                    .extrapolate = units.nonmem_lag,
                    .order = line.row};
  if (line.kind >= 100.0) {
    if (!decode_rxode(line, record, subject, units, problem)) return;
  } else if (line.kind == 1.0 || line.kind == 3.0 || line.kind == 4.0) {
    record.kind = static_cast<DoseRecord::Kind>(static_cast<int>(line.kind));
  } else {
    problem("EVID", fmt::format("EVID {} is not an event that nadir knows", line.kind),
            "0 observation, 1 dose, 2 other, 3 reset, 4 reset and dose");
    return;
  }
  if (record.kind != DoseRecord::Kind::reset) {
    if (line.kind >= 100.0 || compartment > 0.0) {
      const auto state = state_of(compartment, drug, problem);
      if (!state) return;
      record.compartment = *state;
    }
    if (!check_numbers(line, drug, record, problem)) return;
  }
  subject.doses.push_back(record);
}

}  // namespace nadir

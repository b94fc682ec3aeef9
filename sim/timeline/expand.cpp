#include "sim/timeline/expand.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace nadir {

namespace {

/// One infusion or bolus after lag and bioavailability.
struct Arrival {
  double time;
  double amount;    // that arrives
  double duration;  // 0: all at once
};

/// Amount and duration that a record prescribes for each of its doses.
Arrival arrival(const DoseRecord& record, const Dosing<double>& dosing) {
  Arrival result{record.time + dosing.lag, record.amount * dosing.bioavailability, 0.0};
  if (record.rate > 0.0) result.duration = result.amount / record.rate;
  if (record.rate == DoseRecord::modelled_rate) result.duration = result.amount / dosing.rate;
  if (record.rate == DoseRecord::modelled_duration) result.duration = dosing.duration;
  return result;
}

constexpr auto by_time = [](const auto& a, const auto& b) { return a.time < b.time; };
constexpr auto by_time_and_line = [](const Event& a, const Event& b) {
  return std::tie(a.time, a.order) < std::tie(b.time, b.order);
};

bool gives(const Event& event) { return event.kind == Event::Kind::bolus || event.kind == Event::Kind::rate; }
/// The larger first: an infusion that begins and ends at the same moment must not end before it has begun.
constexpr auto by_what_is_given = [](const Event& a, const Event& b) {
  return std::tie(a.drug, a.compartment, a.kind, b.amount) < std::tie(b.drug, b.compartment, b.kind, a.amount);
};

/// Most histories stand in order already, and std::stable_sort takes memory each time.
template <class T, class Earlier>
void put_in_order(std::vector<T>& things, Earlier earlier) {
  if (!std::is_sorted(things.begin(), things.end(), earlier)) std::stable_sort(things.begin(), things.end(), earlier);
}

class Expansion {
 public:
  Expansion(const DosingOf& dosing, double end, Timeline& timeline) : dosing_(dosing), end_(end), timeline_(timeline) {
    timeline_.events.clear();
    timeline_.doses.clear();
  }

  void add(const DoseRecord& record) {
    if (record.kind != DoseRecord::Kind::dose) reset(record);
    if (record.kind == DoseRecord::Kind::reset) return;
    const Dosing<double> dosing = dosing_(record);
    const Arrival first = arrival(record, dosing);
    if (record.steady != 0) steady(record, dosing, first);
    if (record.amount == 0.0) return;
    for (std::int64_t i = 0; i <= record.additional; ++i) {
      const double later = static_cast<double>(i) * record.interval;
      if (record.time + later > end_) break;
      timeline_.doses.push_back({record.time + later, record.drug, record.amount, first.duration});
      give(record, {first.time + later, first.amount, first.duration});
    }
  }

  void finish() {
    std::erase_if(timeline_.events, [this](const Event& event) { return event.time > end_; });
    sort(timeline_.events);
    put_in_order(timeline_.doses, by_time);
  }

 private:
  Event event(const DoseRecord& record, Event::Kind kind, double time, double amount) const {
    return {.kind = kind,
            .time = time,
            .drug = record.drug,
            .compartment = record.compartment,
            .amount = amount,
            .order = record.order};
  }

  void give(const DoseRecord& record, const Arrival& dose) {
    if (dose.amount == 0.0) return;
    if (dose.duration == 0.0) {
      timeline_.events.push_back(event(record, Event::Kind::bolus, dose.time, dose.amount));
      return;
    }
    const double rate = dose.amount / dose.duration;
    timeline_.events.push_back(event(record, Event::Kind::rate, dose.time, rate));
    timeline_.events.push_back(event(record, Event::Kind::rate, dose.time + dose.duration, -rate));
  }

  /// The system restarts: what earlier records still had to give is cancelled.
  void reset(const DoseRecord& record) {
    std::erase_if(timeline_.events, [&](const Event& pending) { return pending.time >= record.time; });
    std::erase_if(timeline_.doses, [&](const GivenDose& pending) { return pending.time >= record.time; });
    timeline_.events.push_back(event(record, Event::Kind::reset, record.time, 0.0));
  }

  /// The state that doses at record.time − k·interval (k = 1, 2, …) have led to, and what they still have to give.
  void steady(const DoseRecord& record, const Dosing<double>& dosing, const Arrival& first) {
    Event start = event(record, Event::Kind::steady_state, record.time, 0.0);
    start.replace = record.steady == 1;
    start.repeated = {record.compartment, first.amount, first.duration, record.interval, record.rate};
    if (start.replace) cancel_pending(record);
    if (record.interval == 0.0) {
      timeline_.events.push_back(start);  // the constant infusion ends at the record, as in NONMEM
      return;
    }
    const double passed = record.extrapolate ? 1.0 : std::max(1.0, std::ceil(dosing.lag / record.interval));
    start.phase = passed * record.interval - dosing.lag;
    timeline_.events.push_back(start);
    for (double k = 1.0; k < passed; k += 1.0)
      give(record, {first.time - k * record.interval, first.amount, first.duration});
    // Infusions of the series that are still running at the record, or at the dose from which it is extrapolated.
    const double reached = std::max(record.time, first.time - passed * record.interval);
    for (double k = passed; first.duration > 0.0; k += 1.0) {
      const double begin = first.time - k * record.interval;
      if (begin + first.duration <= reached) break;
      const double rate = first.amount / first.duration;
      timeline_.events.push_back(event(record, Event::Kind::rate, record.time, rate));
      timeline_.events.push_back(event(record, Event::Kind::rate, begin + first.duration, -rate));
    }
  }

  /// A steady state that replaces the drug's history also ends the drug's pending doses.
  void cancel_pending(const DoseRecord& record) {
    std::erase_if(timeline_.events, [&](const Event& pending) {
      return pending.time >= record.time && pending.drug == record.drug && pending.kind != Event::Kind::reset;
    });
  }

  const DosingOf& dosing_;
  double end_;
  Timeline& timeline_;
};

}  // namespace

void expand(std::span<const DoseRecord> records, const DosingOf& dosing, double end, Timeline& timeline) {
  Expansion expansion(dosing, end, timeline);
  for (const DoseRecord& record : records) expansion.add(record);
  expansion.finish();
}

void sort(std::vector<DoseRecord>& records) { put_in_order(records, by_time); }

void sort(std::vector<Event>& events) {
  put_in_order(events, by_time_and_line);
  // 24 h + 4 h and 28 h differ in the last bit once they are days. They are one moment, whose lines keep their order.
  constexpr double same_moment = 1e-9;  // 86 microseconds
  double moment = -1.0;
  for (Event& event : events) {
    if (event.time - moment > same_moment) moment = event.time;
    event.time = moment;
  }
  put_in_order(events, by_time_and_line);
  // Doses of one moment add up in an order of their own, so that the order of their lines changes no bit.
  for (auto begin = events.begin(); begin != events.end();) {
    const auto end = std::find_if_not(begin + 1, events.end(), [&](const Event& next) {
      return gives(*begin) && gives(next) && next.time == begin->time;
    });
    std::sort(begin, end, by_what_is_given);
    begin = end;
  }
}

}  // namespace nadir

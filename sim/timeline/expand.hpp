#pragma once
/// From a dosing history to events: additional doses, infusions, lag, bioavailability, steady state, resets.

#include <functional>
#include <span>

#include "sim/model/component.hpp"
#include "sim/timeline/event.hpp"
#include "sim/timeline/record.hpp"

namespace nadir {

/// Lag, availability and modelled infusion of a record, from the patient's parameters at its time.
using DosingOf = std::function<Dosing<double>(const DoseRecord&)>;

/// Events up to `end` [d], in order of time; those of the same time in order of their lines, but for doses that follow
/// one another there: their order changes nothing. `records` stand in order of time. A dose of zero makes no event. A
/// reset ends what is running and pending. The memory of `timeline` is used again, what it held is lost.
void expand(std::span<const DoseRecord> records, const DosingOf& dosing, double end, Timeline& timeline);

/// Puts doses in order of time, those of the same time in the order they had.
void sort(std::vector<DoseRecord>& records);

/// Puts events in the order in which they happen.
void sort(std::vector<Event>& events);

}  // namespace nadir

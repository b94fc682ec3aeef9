#pragma once
/// What happens to one patient at one moment. The integration stops exactly there.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/kinetics/linear_kinetics.hpp"

namespace nadir {

struct Event {
  enum class Kind : std::int8_t {
    reset,         ///< the whole system returns to its rest state; infusions end
    steady_state,  ///< the drug's amounts become (or gain) those of an endless series of doses
    bolus,         ///< `amount` enters the compartment at once
    rate,          ///< the infusion rate into the compartment changes by `amount`
    parameters,    ///< the patient's parameters change to number `index` of the patient's list
    observe,       ///< an observation, number `index`
  };
  Kind kind = Kind::bolus;
  double time = 0.0;  ///< [d]
  std::size_t drug = 0;
  int compartment = 0;
  double amount = 0.0;
  std::size_t index = 0;
  RepeatedDose repeated;  ///< steady_state
  double phase = 0.0;     ///< steady_state: time since the last dose of the series [d]
  bool replace = true;    ///< steady_state: SS = 1; false: SS = 2
  std::size_t order = 0;  ///< line it comes from
};

/// A dose as it was given, for the result file.
struct GivenDose {
  double time = 0.0;  ///< start [d]
  std::size_t drug = 0;
  double amount = 0.0;    ///< before bioavailability [mg or umol]
  double duration = 0.0;  ///< [d]
};

struct Timeline {
  std::vector<Event> events;     ///< in the order in which they happen
  std::vector<GivenDose> doses;  ///< in order of time
};

}  // namespace nadir

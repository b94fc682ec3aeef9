#pragma once
/// How exactly to integrate, and how an integration can end.

#include <cstdint>

namespace nadir {

/// A step is accepted when every state's estimated error is at most absolute + relative·|state|.
struct Tolerance {
  double relative = 1e-7;
  double absolute = 1e-10;           ///< in the unit of the states
  std::int64_t max_steps = 1000000;  ///< tried, for one patient
};

enum class StepStatus : std::int8_t {
  ok = 0,
  step_limit = 1,
  not_finite = 2,
  bad_parameters = 3,  ///< not tried: a parameter of the patient lies outside its range
};

}  // namespace nadir

#pragma once
/// One patient before the simulation: who they are, their parameters, and all that will happen to them.

#include <cstdint>
#include <vector>

#include "sim/scenario/plan.hpp"
#include "sim/timeline/event.hpp"

namespace nadir {

struct Subject {
  Covariates person{};
  std::vector<std::vector<double>> parameters;  ///< in internal units; more than one when covariates change in time
  Timeline timeline;
  const SubjectRecords* records = nullptr;  ///< of the event table, if there is one
};

/// Patient `index` of a plan: a function of (plan, index) and of nothing else.
Subject make_subject(const Plan& plan, std::uint64_t index);

}  // namespace nadir

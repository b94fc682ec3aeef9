#pragma once
/// One patient before the simulation: who they are, their parameters, and all that will happen to them.

#include <cstdint>
#include <vector>

#include "sim/scenario/plan.hpp"
#include "sim/timeline/event.hpp"

namespace nadir {

struct Subject {
  Covariates person{};
  std::vector<double> draws;                    ///< standard normal, one a parameter
  std::vector<std::vector<double>> parameters;  ///< in internal units; more than one when covariates change in time
  std::vector<DoseRecord> doses;                ///< of the regimens; those of an event table stand there
  Timeline timeline;
  const SubjectRecords* records = nullptr;  ///< of the event table, if there is one
};

/// Patient `index` of a plan: a function of (plan, index) and of nothing else.
Subject make_subject(const Plan& plan, std::uint64_t index);
/// The same in the memory of a subject that is no longer needed, so that patients one after another take none.
void make_subject(const Plan& plan, std::uint64_t index, Subject& subject);

}  // namespace nadir

#include "sim/ensemble/drug_course.hpp"

namespace nadir {

void DrugCourse::start(double time, const CentralModes& modes, double volume, double spacing) {
  // The factors hold as long as the drug's rates do.
  if (modes.rate != modes_.rate || modes.ka != modes_.ka || modes.coupling != modes_.coupling || spacing != spacing_)
    known_ = false;
  modes_ = modes;
  time_ = time;
  volume_ = volume;
  spacing_ = spacing;
  stepping_ = false;
  empty_ = modes.empty();
}

double DrugCourse::sample(double time) {
  if (empty_) return 0.0;
  if (!stepping_) {
    modes_.advance(modes_.step(time - time_));
    stepping_ = true;
  } else {
    if (!known_) step_ = modes_.step(spacing_);
    known_ = true;
    modes_.advance(step_);
  }
  return modes_.central() / volume_;
}

}  // namespace nadir

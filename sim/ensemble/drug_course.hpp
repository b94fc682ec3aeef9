#pragma once
/// The concentration of a drug in closed form at evenly spaced times: between events each sample follows from the one
/// before by constant factors, without an exponential.

#include <array>

#include "sim/kinetics/linear_kinetics.hpp"

namespace nadir {

class DrugCourse {
 public:
  /// The drug as an event at `time` leaves it; `volume` [L]; `spacing` between samples [d].
  void start(double time, const CentralModes& modes, double volume, double spacing);

  /// Concentration at `time`, which is the first sample after the event, or the one after the last sample.
  double sample(double time);

 private:
  CentralModes modes_;
  double time_ = 0.0, volume_ = 1.0, spacing_ = 0.0;
  bool stepping_ = false, known_ = false, empty_ = true;
  CentralModes::Step step_;
};

}  // namespace nadir

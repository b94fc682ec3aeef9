#pragma once
/// One thread's work with many patients side by side: a lane that has finished takes the next patient, so that a slow
/// one holds no other.

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "sim/ensemble/body.hpp"
#include "sim/ensemble/drug_course.hpp"
#include "sim/ensemble/grid.hpp"
#include "sim/ensemble/lane_memory.hpp"
#include "sim/ensemble/share.hpp"
#include "sim/ensemble/tracer.hpp"

namespace nadir {

/// What all threads of a run read.
struct LaneSetup {
  LaneSetup(const Plan& plan, Derivatives derivatives, const lanes::Kernels& kernels);

  const lanes::Kernels& kernels;

  Program program;
  Grid grid;
  std::vector<double> absolute;  ///< tolerated error by state, in internal units
  Thresholds thresholds;
};

class LaneWorker {
 public:
  LaneWorker(const LaneSetup& setup, Share& share);

  /// Simulates until nothing is left to take.
  void work();

 private:
  static constexpr std::size_t width = lanes::width;

  /// A stretch of patients whose series are gathered together: signal × time × patient.
  struct Block {
    std::size_t begin = 0, count = 0, running = 0;
    std::vector<float> series;
  };
  /// A patient whose counts are being followed, or wait for their roots.
  struct Patient {
    std::size_t place = 0;      // in the results
    std::vector<Trace> traces;  // by marrow
  };
  struct Lane {
    Block* block = nullptr;  // null: the lane is empty
    Patient* patient = nullptr;
    Subject subject;
    std::optional<Body> body;
    std::size_t event = 0, point = 0, sample = 0;  // the next event, grid point and stored time
    std::int64_t steps = 0;
    std::vector<DrugCourse> drugs;
    float* column = nullptr;  // of the block's series, this patient's first value
  };

  /// Where a lane's patient has a signal at a stored time.
  float& series(const Lane& lane, std::size_t signal, std::size_t time) const {
    return lane.column[(signal * times_ + time) * lane.block->count];
  }

  bool fill(std::size_t lane);
  bool next_patient(Lane& lane);
  void enter(std::size_t lane);
  void step();
  void trace();
  void read_off();
  void store_point(std::size_t lane);
  void look_ahead(std::size_t lane);
  void sample_drugs(Lane& lane, double until);
  void arrive(std::size_t lane);
  bool happen(Lane& lane, bool& parameters);
  void renew(std::size_t lane, bool parameters);
  void leave(Lane& lane, StepStatus status);
  void blank(Lane& lane);
  void finish_block(Block& block);
  void settle();
  Patient* take_patient();

  const LaneSetup& setup_;
  Share& share_;
  const Plan& plan_;
  const lanes::Kernels& kernels_;
  LaneMemory memory_;
  Tracer tracer_;
  std::array<Lane, width> lanes_;
  std::size_t marrows_, signals_, times_;
  std::vector<std::size_t> state_drugs_;  // drugs whose concentration follows the states, as counts after the marrows
  std::vector<Tally> tallies_;
  std::vector<std::unique_ptr<Block>> blocks_;
  Block* open_ = nullptr;  // the block that patients are taken from
  std::size_t taken_ = 0;
  std::vector<std::unique_ptr<Patient>> patients_;
  std::vector<Patient*> spare_, waiting_;
  std::vector<double> states_;
  lanes::Row next_point_;                   // time of each lane's next grid point; infinite when there is none
  std::vector<lanes::Row> values_, areas_;  // by count: values read off, and integrals
};

}  // namespace nadir

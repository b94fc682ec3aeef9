#pragma once
/// One thread's work with one patient after the other: for the methods that know no lanes.

#include <vector>

#include "sim/ensemble/share.hpp"

namespace nadir {

class SingleWorker {
 public:
  explicit SingleWorker(Share& share);

  /// Simulates until nothing is left to take.
  void work();

 private:
  void lay_out(const Course& course, std::size_t place);

  static constexpr std::size_t most = 64;  // patients in a block
  Share& share_;
  std::vector<Tally> tallies_;
  std::vector<float> series_;  // signal × time × patient, as tallies read them
};

}  // namespace nadir

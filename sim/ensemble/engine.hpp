#pragma once
/// The engine: patients of a plan, on all threads, into results.

#include <functional>

#include "sim/ensemble/results.hpp"
#include "sim/lanes/kernels.hpp"

namespace nadir {

struct RunOptions {
  unsigned threads = 0;                               ///< 0: as many as the machine has
  const lanes::Kernels* kernels = &lanes::kernels();  ///< another instruction set gives the same bits
  std::size_t block = 256;                            ///< patients that a thread takes at a time; changes no result
  /// Called from the calling thread about twenty times a second with the number of patients done; false stops the run.
  std::function<bool(std::size_t done, std::size_t total)> progress;
};

/// The run was stopped by its progress function.
struct Interrupted {};

/// Simulates the patients of `results` and fills every array of it, tallies included. What a patient gives does not
/// depend on the range, the number of threads or the order of work. Throws Interrupted when progress says so.
void simulate(const Plan& plan, Results& results, const RunOptions& options);

}  // namespace nadir

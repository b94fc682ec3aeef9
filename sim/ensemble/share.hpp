#pragma once
/// What the threads of a run share: the patients that are still to be taken, how many are done, whether to stop.

#include <atomic>
#include <cstddef>
#include <mutex>
#include <optional>

#include "sim/ensemble/results.hpp"

namespace nadir {

class Share {
 public:
  /// Patients begin … end − 1 of the results, from 0.
  struct Block {
    std::size_t begin, end;
  };

  Share(const Plan& plan_, Results& results_, std::size_t block) : plan(plan_), results(results_), block_(block) {}

  const Plan& plan;
  Results& results;

  /// The next patients; none when all are taken or the run stops.
  std::optional<Block> take() {
    const std::size_t begin = next_.fetch_add(block_);
    if (begin >= results.patients || stopped()) return std::nullopt;
    return Block{begin, std::min(begin + block_, results.patients)};
  }

  void finish_one() { ++done_; }
  std::size_t done() const { return done_; }

  void stop() { stop_ = true; }
  bool stopped() const { return stop_.load(std::memory_order_relaxed); }

  /// Adds a thread's tallies to those of the results.
  void add(const std::vector<Tally>& tallies) {
    const std::lock_guard lock(mutex_);
    for (std::size_t s = 0; s < tallies.size(); ++s) results.tallies[s].add(tallies[s]);
  }

 private:
  std::size_t block_;
  std::atomic<std::size_t> next_{0}, done_{0};
  std::atomic<bool> stop_{false};
  std::mutex mutex_;
};

}  // namespace nadir

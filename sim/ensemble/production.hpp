#pragma once
/// A share of a plan's patients as a file: simulated range by range, each written while the next is simulated, so that
/// memory does not grow with the patients.

#include <functional>
#include <span>
#include <vector>

#include "sim/ensemble/engine.hpp"
#include "sim/ensemble/outline.hpp"
#include "sim/ensemble/row_writer.hpp"
#include "sim/store/journal.hpp"

namespace nadir {

class Production {
 public:
  /// Messages speak of `target`. The plan must outlive the production.
  Production(const Plan& plan, const Portion& portion, std::filesystem::path target);
  Production(const Production&) = delete;
  Production& operator=(const Production&) = delete;

  /// Size of the file before anything that is added at its end.
  std::uint64_t file_bytes() const { return skeleton_.file.end; }

  /// Takes what an earlier run has finished as done, after comparing the rows in the file with their digests.
  /// Throws StoreError about damaged rows.
  void take_over(const DiskFile& file, const Journal& journal);

  /// Simulates the patients that are not done and writes their rows. `checkpoint`, when given, is called after
  /// the first range, about once a second and before Interrupted leaves, with ranges that are on the disk. Throws
  /// StoreError and Interrupted.
  using Checkpoint = std::function<void(std::span<const FinishedRange>, std::span<const std::int64_t> tallies)>;
  void fill(DiskFile& file, const RunOptions& options, const Checkpoint& checkpoint);

  /// Adds quantiles and means, and completes the file; returns its result hash. Throws StoreError.
  std::string finish(DiskFile& file);

  /// The dataset as it will be completed: what a shard adds goes behind its variables and attributes.
  Dataset& dataset() { return outline_.dataset; }
  const std::vector<Tally>& tallies() const { return tallies_; }
  std::size_t done() const { return done_; }

 private:
  void keep(DiskFile& file, const Results& results);
  void save(DiskFile& file);

  const Plan& plan_;
  const Portion portion_;
  const std::filesystem::path target_;
  Outline outline_;
  Skeleton skeleton_;
  RowWriter writer_;
  std::vector<Tally> tallies_;
  std::size_t done_ = 0;  // patients whose rows are written
  std::vector<FinishedRange> unsaved_;
  Checkpoint checkpoint_;
};

/// Patients of a range, so that its rows take about 8 MiB: a multiple of 1024, or fewer where patients are very large.
std::size_t range_size(double patient_bytes);

/// The names of a plan's signals: marrows, then drugs.
std::vector<std::string> signal_names(const Plan& plan);

}  // namespace nadir

#pragma once
/// What is finished of a run, as lines that are only ever added: a kill at any moment leaves all but the last of them.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/store/disk_file.hpp"

namespace nadir {

/// What two runs must have in common for one to continue the other.
struct RunIdentity {
  std::string scenario_hash;
  std::string nadir_version;
  std::string format_version;
  bool operator==(const RunIdentity&) const = default;
};

/// Patients whose rows are on the disk.
struct FinishedRange {
  std::size_t first = 0;
  std::size_t count = 0;
  std::string digest;  ///< of their rows
};

/// The journal of a work folder. Its tallies stand in a file of their own beside it, one for each checkpoint.
class Journal {
 public:
  /// Starts `folder`/journal. Messages speak of `target`. Throws StoreError, as all below do.
  Journal(const std::filesystem::path& folder, const std::filesystem::path& target, const RunIdentity& identity);

  /// Continues one. Throws StoreError when it is of another run, or damaged.
  static Journal resume(const std::filesystem::path& folder, const std::filesystem::path& target,
                        const RunIdentity& identity);

  /// Whether the journal in a folder, if any, records finished ranges.
  static bool has_work(const std::filesystem::path& folder, const std::filesystem::path& target);

  /// The finished ranges, from patient 0 on without a gap.
  const std::vector<FinishedRange>& finished() const { return finished_; }
  /// Patients in them.
  std::size_t patients() const { return finished_.empty() ? 0 : finished_.back().first + finished_.back().count; }
  /// The tallies of all finished ranges; empty when there are none.
  std::vector<std::int64_t> tallies() const;

  /// Adds ranges, at least one, whose rows are on the disk, with the tallies of all that is finished then.
  void checkpoint(std::span<const FinishedRange> ranges, std::span<const std::int64_t> tallies);

 private:
  Journal(const std::filesystem::path& folder, const std::filesystem::path& target, DiskFile::Mode mode);
  void load(const RunIdentity& identity);
  std::size_t load_checkpoint(const std::string& text, std::size_t from);
  std::filesystem::path tally_path(std::size_t patients) const;
  [[noreturn]] void damaged(const std::string& what) const;

  std::filesystem::path folder_;
  std::filesystem::path target_;
  DiskFile file_;
  std::vector<FinishedRange> finished_;
  std::string tally_digest_;
};

}  // namespace nadir

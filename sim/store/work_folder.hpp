#pragma once
/// The folder beside a result in which it comes into being: `out.h5.parts/` with the data, the journal and a lock.

#include <optional>

#include "sim/store/journal.hpp"
#include "sim/store/lock.hpp"

namespace nadir {

enum class Unfinished { refuse, resume, discard };  ///< what to do with the folder of an earlier run

class WorkFolder {
 public:
  /// Whether an earlier run of the same identity ended between the naming of its finished file and the removal of its
  /// folder, which is then removed. Throws StoreError where it is of another identity, or another process is at work.
  static bool tidy_up(const std::filesystem::path& target, const RunIdentity& identity);

  /// Makes the folder of `target`, or takes over that of a run that ended early. Refuses at once where another process
  /// is at work, where an earlier run was not finished (unless told otherwise), and where that is of another identity.
  /// Throws StoreError, as all below do.
  WorkFolder(const std::filesystem::path& target, const RunIdentity& identity, Unfinished what);
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  /// Removes the folder unless it holds finished patients.
  ~WorkFolder();

  DiskFile& data() { return *data_; }
  Journal& journal() { return *journal_; }

  /// Gives the finished data the final name and removes the folder.
  void publish(bool overwrite);

 private:
  void start(const RunIdentity& identity);

  std::filesystem::path target_;
  std::filesystem::path folder_;
  std::optional<Lock> lock_;
  std::optional<Journal> journal_;
  std::optional<DiskFile> data_;
};

}  // namespace nadir

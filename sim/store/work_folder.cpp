#include "sim/store/work_folder.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <system_error>

#include "sim/store/publish.hpp"
#include "sim/store/store_error.hpp"

namespace nadir {

namespace fs = std::filesystem;

namespace {

fs::path folder_for(const fs::path& target) { return target.string() + ".parts"; }

Lock lock(const fs::path& folder, const fs::path& target) {
  std::optional<Lock> lock = Lock::take(folder / "lock", target);
  if (!lock)
    throw BusyError(target, "another run is writing this file at this moment", "wait for it, or choose another name");
  return std::move(*lock);
}

/// Removes all but the lock; the journal first, because the data without it are nothing.
void clear(const fs::path& folder) {
  std::error_code ignored;
  fs::remove(folder / "journal", ignored);
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (entry.path().filename() != "lock") fs::remove(entry.path(), ignored);
}

void remove(const fs::path& folder, std::optional<Lock>& lock) {
  clear(folder);
  lock.reset();
  std::error_code ignored;
  fs::remove(folder, ignored);
}

}  // namespace

bool WorkFolder::tidy_up(const fs::path& target, const RunIdentity& identity) {
  const fs::path folder = folder_for(target), data = folder / "data.h5";
  std::error_code ignored;
  if (!fs::exists(target, ignored) || !fs::exists(folder / "journal", ignored)) return false;
  std::optional<Lock> held = lock(folder, target);
  if (fs::exists(data, ignored) && !fs::equivalent(data, target, ignored)) return false;
  Journal::resume(folder, target, identity);
  remove(folder, held);
  return true;
}

WorkFolder::WorkFolder(const fs::path& target, const RunIdentity& identity, Unfinished what)
    : target_(target), folder_(folder_for(target)) {
  const bool made = uninterrupted([&] { return ::mkdir(folder_.c_str(), 0777); }) == 0;
  if (!made && errno != EEXIST) fail_with_errno(target_, "write in '" + folder_of(target_).string() + "'");
  lock_ = lock(folder_, target_);
  std::error_code ignored;
  const bool begun = fs::exists(folder_ / "data.h5", ignored) && Journal::has_work(folder_, target_);
  if (begun && what == Unfinished::refuse)
    throw StoreError(target_, "an earlier run of this file was not finished; its work is in '" + folder_.string() + "'",
                     "continue it with --resume, or discard it with --overwrite");
  if (begun && what == Unfinished::resume) {
    journal_ = Journal::resume(folder_, target_, identity);
    data_.emplace(folder_ / "data.h5", DiskFile::Mode::change, target_);
    return;
  }
  start(identity);
}

void WorkFolder::start(const RunIdentity& identity) try {
  clear(folder_);
  data_.emplace(folder_ / "data.h5", DiskFile::Mode::create, target_);
  journal_.emplace(folder_, target_, identity);
  sync_folder(folder_of(target_), target_);
} catch (...) {
  remove(folder_, lock_);
  throw;
}

WorkFolder::~WorkFolder() {
  if (!journal_ || journal_->patients() > 0) return;
  remove(folder_, lock_);
}

void WorkFolder::publish(bool overwrite) {
  data_->close();
  nadir::publish(folder_ / "data.h5", target_, overwrite);
  remove(folder_, lock_);
  journal_.reset();
}

}  // namespace nadir

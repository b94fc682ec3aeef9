#include "sim/store/work_folder.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <system_error>

#include "sim/store/publish.hpp"
#include "sim/store/store_error.hpp"

namespace nadir {

namespace fs = std::filesystem;

WorkFolder::WorkFolder(const fs::path& target, const RunIdentity& identity, Unfinished what)
    : target_(target), folder_(target.string() + ".parts") {
  const bool made = uninterrupted([&] { return ::mkdir(folder_.c_str(), 0777); }) == 0;
  if (!made && errno != EEXIST) fail_with_errno(target_, "write in '" + folder_of(target_).string() + "'");
  lock_ = Lock::take(folder_ / "lock", target_);
  if (!lock_)
    throw StoreError(target_, "another run is writing this file at this moment", "wait for it, or choose another name");
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
  clear();
  data_.emplace(folder_ / "data.h5", DiskFile::Mode::create, target_);
  journal_.emplace(folder_, target_, identity);
  sync_folder(folder_of(target_), target_);
} catch (...) {
  clear();
  lock_.reset();
  std::error_code ignored;
  fs::remove(folder_, ignored);
  throw;
}

/// Removes all but the lock.
void WorkFolder::clear() {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder_, ignored))
    if (entry.path().filename() != "lock") fs::remove(entry.path(), ignored);
}

WorkFolder::~WorkFolder() {
  if (!journal_ || journal_->patients() > 0) return;
  clear();
  lock_.reset();
  std::error_code ignored;
  fs::remove(folder_, ignored);
}

void WorkFolder::publish(bool overwrite) {
  data_->close();
  nadir::publish(folder_ / "data.h5", target_, overwrite);
  clear();
  lock_.reset();
  std::error_code ignored;
  fs::remove(folder_, ignored);
  journal_.reset();
}

}  // namespace nadir

#include "sim/store/hidden_file.hpp"

#include <unistd.h>

#include <string>
#include <system_error>

#include "sim/store/publish.hpp"
#include "sim/store/store_error.hpp"

namespace nadir {

namespace fs = std::filesystem;

HiddenFile::HiddenFile(const fs::path& target)
    : target_(target),
      path_(folder_of(target) / ("." + target.filename().string() + "." + std::to_string(::getpid()) + ".tmp")) {
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(path_, ignored)))
    throw StoreError(target_,
                     "'" + path_.string() + "' exists: another run writes this file, or was killed while it did",
                     "if no other run is at work, remove it: rm " + path_.string());
  file_.emplace(path_, DiskFile::Mode::create, target_);
}

HiddenFile::~HiddenFile() {
  std::error_code ignored;
  if (file_) fs::remove(path_, ignored);
}

void HiddenFile::publish(bool overwrite) {
  file_->close();
  nadir::publish(path_, target_, overwrite);
  file_.reset();
}

}  // namespace nadir

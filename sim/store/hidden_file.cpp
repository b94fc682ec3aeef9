#include "sim/store/hidden_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include "sim/store/store_error.hpp"

namespace nadir {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

HiddenFile::HiddenFile(const fs::path& target)
    : target_(target),
      path_(folder_of(target) / ("." + target.filename().string() + "." + std::to_string(::getpid()) + ".tmp")) {
  file_ = ::open(path_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
  if (file_ < 0 && errno == EEXIST)
    throw StoreError(target_,
                     "'" + path_.string() + "' exists: another run writes this file, or was killed while it did",
                     "if no other run is at work, remove it: rm " + path_.string());
  if (file_ < 0) fail("write in '" + folder_of(target_).string() + "'");
  ours_ = true;
}

HiddenFile::~HiddenFile() {
  if (file_ >= 0) ::close(file_);
  std::error_code ignored;
  if (ours_) fs::remove(path_, ignored);
}

void HiddenFile::fill(std::span<const std::byte> bytes) {
  constexpr std::size_t most = std::size_t{1} << 30;  // Linux writes less than 2 GiB at once
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_, bytes.data(), std::min(bytes.size(), most));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write the file");
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  if (::fsync(file_) != 0) fail("flush the file to the disk");
  close();
}

void HiddenFile::publish(bool overwrite) {
  if (!overwrite) take_free_name();
  // Either the name is ours to replace, or it already stands for an empty file or a second link of our own.
  if (ours_ && ::rename(path_.c_str(), target_.c_str()) != 0) fail("give the file its name");
  ours_ = false;
  sync_folder();
}

/// A hard link is refused where the name is taken. Disks without links (exFAT) have the name reserved instead.
void HiddenFile::take_free_name() {
  if (::link(path_.c_str(), target_.c_str()) == 0) {
    if (::unlink(path_.c_str()) != 0) fail("remove the hidden name of the file");
    ours_ = false;
    return;
  }
  if (errno != EEXIST) file_ = ::open(target_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
  if (file_ >= 0) return close();
  if (errno == EEXIST)
    throw StoreError(target_, "the file has come into being meanwhile", "choose another name with -o");
  fail("give the file its name");
}

void HiddenFile::sync_folder() const {
  const int folder = ::open(folder_of(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) fail("open the folder of the finished file");
  const int error = ::fsync(folder) == 0 ? 0 : errno;
  ::close(folder);  // nothing was written through it
  errno = error;
  // Some network disks know no flush of folders, and say so in this way.
  if (error != 0 && error != EINVAL) fail("flush the folder of the finished file to the disk");
}

/// Network disks report a full disk only here.
void HiddenFile::close() {
  if (::close(std::exchange(file_, -1)) != 0) fail("close the file");
}

void HiddenFile::fail(const std::string& doing) const {
  const int error = errno;
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  throw StoreError(target_, "cannot " + doing + ": " + std::strerror(error),
                   full ? "free some space, or write to another disk with -o" : "choose another folder with -o");
}

}  // namespace nadir

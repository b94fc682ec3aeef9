#include "sim/store/publish.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "sim/store/disk_file.hpp"
#include "sim/store/store_error.hpp"

namespace nadir {

namespace fs = std::filesystem;

namespace {

void replace(const fs::path& from, const fs::path& target) {
  if (uninterrupted([&] { return ::rename(from.c_str(), target.c_str()); }) != 0)
    fail_with_errno(target, "give the file its name");
}

/// A hard link is refused where the name is taken. Disks without links (exFAT) have the name reserved instead.
void take_free_name(const fs::path& from, const fs::path& target) {
  if (uninterrupted([&] { return ::link(from.c_str(), target.c_str()); }) == 0) {
    if (uninterrupted([&] { return ::unlink(from.c_str()); }) != 0)
      fail_with_errno(target, "remove the hidden name of the file");
    return;
  }
  int reserved = -1;
  if (errno != EEXIST)
    reserved = uninterrupted([&] { return ::open(target.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666); });
  if (reserved >= 0) {
    ::close(reserved);  // nothing was written through it
    return replace(from, target);
  }
  if (errno == EEXIST)
    throw StoreError(target, "the file has come into being meanwhile", "choose another name with -o");
  fail_with_errno(target, "give the file its name");
}

}  // namespace

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

void sync_folder(const fs::path& folder, const fs::path& target) {
  const int opened = uninterrupted([&] { return ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); });
  if (opened < 0) fail_with_errno(target, "open the folder of the file");
  const int error = uninterrupted([&] { return ::fsync(opened); }) == 0 ? 0 : errno;
  ::close(opened);  // nothing was written through it
  errno = error;
  // Some network disks know no flush of folders, and say so in this way.
  if (error != 0 && error != EINVAL) fail_with_errno(target, "flush the folder of the file to the disk");
}

void publish(const fs::path& from, const fs::path& target, bool overwrite) {
  if (overwrite)
    replace(from, target);
  else
    take_free_name(from, target);
  sync_folder(folder_of(target), target);
}

}  // namespace nadir

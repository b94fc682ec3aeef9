#include "sim/store/lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "sim/store/disk_file.hpp"
#include "sim/store/publish.hpp"

namespace nadir {

std::optional<Lock> Lock::open(const std::filesystem::path& path, const std::filesystem::path& target, int how) {
  for (;;) {
    const int file = uninterrupted([&] { return ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0666); });
    if (file < 0) fail_with_errno(target, "write in '" + folder_of(path).string() + "'");
    Lock lock(file, path);
    if (uninterrupted([&] { return ::flock(file, how); }) != 0) {
      const int error = errno;
      ::close(std::exchange(lock.file_, -1));
      errno = error;
      if (error == EWOULDBLOCK) return std::nullopt;
      fail_with_errno(target, "lock '" + path.string() + "'");
    }
    // The one who held it may have removed the name meanwhile: then this is the lock of nothing.
    struct stat mine {
    }, named{};
    const bool same = ::fstat(file, &mine) == 0 && ::stat(path.c_str(), &named) == 0 && mine.st_ino == named.st_ino &&
                      mine.st_dev == named.st_dev;
    if (same) return lock;
    ::close(std::exchange(lock.file_, -1));
  }
}

std::optional<Lock> Lock::take(const std::filesystem::path& path, const std::filesystem::path& target) {
  return open(path, target, LOCK_EX | LOCK_NB);
}

Lock Lock::wait(const std::filesystem::path& path, const std::filesystem::path& target) {
  return *open(path, target, LOCK_EX);
}

Lock::Lock(Lock&& other) noexcept : file_(std::exchange(other.file_, -1)), path_(std::move(other.path_)) {}

Lock& Lock::operator=(Lock&& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(path_, other.path_);
  return *this;
}

Lock::~Lock() {
  if (file_ < 0) return;
  ::unlink(path_.c_str());  // first: whoever opens the name from now on makes a new one
  ::close(file_);
}

}  // namespace nadir

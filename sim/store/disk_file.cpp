#include "sim/store/disk_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "sim/store/publish.hpp"
#include "sim/store/store_error.hpp"

namespace nadir {

namespace {

constexpr std::size_t most = std::size_t{1} << 30;  // Linux moves less than 2 GiB at once

int flags_of(DiskFile::Mode mode) {
  switch (mode) {
    case DiskFile::Mode::create:
      return O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC;
    case DiskFile::Mode::change:
      return O_RDWR | O_CLOEXEC;
    case DiskFile::Mode::read:
      break;
  }
  return O_RDONLY | O_CLOEXEC;
}

}  // namespace

void fail_with_errno(const std::filesystem::path& target, const std::string& doing, std::uint64_t needed) {
  const int error = errno;
  std::string cause = "cannot " + doing + ": " + std::strerror(error);
  if (error != ENOSPC && error != EDQUOT && error != EFBIG) throw StoreError(target, cause, "is the disk sound?");
  std::error_code ignored;
  const auto space = std::filesystem::space(folder_of(target), ignored);
  std::string bytes = needed > 0 ? "the file needs " + std::to_string(needed) + " bytes" : "";
  if (!ignored) bytes += (bytes.empty() ? "" : ", ") + std::to_string(space.available) + " bytes are free";
  if (!bytes.empty()) cause += " (" + bytes + ")";
  throw StoreError(target, cause, "free some space, or write to another disk");
}

DiskFile::DiskFile(std::filesystem::path path, Mode mode, std::filesystem::path target)
    : path_(std::move(path)), target_(std::move(target)) {
  file_ = uninterrupted([&] { return ::open(path_.c_str(), flags_of(mode), 0666); });
  if (file_ < 0)
    fail(mode == Mode::create ? "write in '" + folder_of(path_).string() + "'" : "open '" + path_.string() + "'");
}

DiskFile::DiskFile(DiskFile&& other) noexcept
    : path_(std::move(other.path_)),
      target_(std::move(other.target_)),
      file_(std::exchange(other.file_, -1)),
      needed_(other.needed_) {}

DiskFile& DiskFile::operator=(DiskFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(target_, other.target_);
  std::swap(file_, other.file_);
  std::swap(needed_, other.needed_);
  return *this;
}

DiskFile::~DiskFile() {
  if (file_ >= 0) ::close(file_);
}

void DiskFile::reserve(std::uint64_t bytes) {
  needed_ = bytes;
  if (bytes == 0) return;
  std::error_code unknown;
  const auto space = std::filesystem::space(folder_of(path_), unknown);
  errno = ENOSPC;
  // Asked first, because a disk that cannot give all may be filled by the attempt.
  if (!unknown && space.available < bytes) fail("reserve room for the file");
  const int result = uninterrupted([&] { return ::fallocate(file_, 0, 0, static_cast<off_t>(bytes)); });
  // Where a disk cannot promise room, a write will tell.
  if (result != 0 && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)) fail("reserve room for the file");
}

void DiskFile::write(std::uint64_t at, std::span<const std::byte> bytes) {
  needed_ = std::max(needed_, at + bytes.size());
  while (!bytes.empty()) {
    const ssize_t written = uninterrupted(
        [&] { return ::pwrite(file_, bytes.data(), std::min(bytes.size(), most), static_cast<off_t>(at)); });
    if (written < 0) fail("write the file");
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    at += static_cast<std::uint64_t>(written);
  }
}

void DiskFile::read(std::uint64_t at, std::span<std::byte> bytes) const {
  while (!bytes.empty()) {
    const ssize_t got = uninterrupted(
        [&] { return ::pread(file_, bytes.data(), std::min(bytes.size(), most), static_cast<off_t>(at)); });
    if (got < 0) fail("read '" + path_.string() + "'");
    if (got == 0) throw StoreError(path_, "the file is truncated: its end is missing", "copy it again, or run again");
    bytes = bytes.subspan(static_cast<std::size_t>(got));
    at += static_cast<std::uint64_t>(got);
  }
}

std::uint64_t DiskFile::size() const {
  struct stat status {};
  if (::fstat(file_, &status) != 0) fail("ask for the size of '" + path_.string() + "'");
  return static_cast<std::uint64_t>(status.st_size);
}

void DiskFile::resize(std::uint64_t bytes) {
  needed_ = bytes;
  if (uninterrupted([&] { return ::ftruncate(file_, static_cast<off_t>(bytes)); }) != 0) fail("set the file's size");
}

void DiskFile::sync() {
  if (uninterrupted([&] { return ::fdatasync(file_); }) != 0) fail("flush the file to the disk");
}

void DiskFile::close() {
  // Linux has closed the file even where it says that a signal came.
  if (::close(std::exchange(file_, -1)) != 0 && errno != EINTR) fail("close the file");
}

void DiskFile::fail(const std::string& doing) const { fail_with_errno(target_, doing, needed_); }

}  // namespace nadir

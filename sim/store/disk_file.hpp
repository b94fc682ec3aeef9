#pragma once
/// A file on disk, byte by byte, with every answer of the system checked.

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace nadir {

/// Calls the system again when a signal interrupted it.
template <class Call>
auto uninterrupted(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

class DiskFile {
 public:
  enum class Mode { create, change, read };  ///< create: it must not exist

  /// Opens `path`; messages speak of `target`, the file that the user asked for. Throws StoreError, as all below do.
  DiskFile(std::filesystem::path path, Mode mode, std::filesystem::path target);
  DiskFile(DiskFile&& other) noexcept;
  DiskFile& operator=(DiskFile&& other) noexcept;
  ~DiskFile();

  /// Asks the disk for room for so many bytes at once, where it can promise that; the bytes are zero.
  void reserve(std::uint64_t bytes);
  void write(std::uint64_t at, std::span<const std::byte> bytes);
  void append(std::string_view text) { write(size(), std::as_bytes(std::span(text))); }
  /// Fills all of `bytes`; the end of the file before that is an error.
  void read(std::uint64_t at, std::span<std::byte> bytes) const;
  std::uint64_t size() const;
  void resize(std::uint64_t bytes);
  /// To the disk itself.
  void sync();
  /// Network disks report a full disk only here.
  void close();

  const std::filesystem::path& path() const { return path_; }

 private:
  [[noreturn]] void fail(const std::string& doing) const;

  std::filesystem::path path_;
  std::filesystem::path target_;
  int file_ = -1;
  std::uint64_t needed_ = 0;  // bytes of the whole file, as far as known
};

/// The cause of the last failed call and what to do about it, as a StoreError about `target`.
[[noreturn]] void fail_with_errno(const std::filesystem::path& target, const std::string& doing,
                                  std::uint64_t needed = 0);

}  // namespace nadir

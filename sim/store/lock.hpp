#pragma once
/// A name that one process holds as long as it lives: a lock on a small file, which the system frees with the process.

#include <filesystem>
#include <optional>
#include <string>

namespace nadir {

class Lock {
 public:
  /// Takes the lock of this name at once; nothing when another process holds it. Throws StoreError about `target` where
  /// the file cannot be made.
  static std::optional<Lock> take(const std::filesystem::path& path, const std::filesystem::path& target);
  /// The same, but waits for the other process.
  static Lock wait(const std::filesystem::path& path, const std::filesystem::path& target);

  Lock(Lock&& other) noexcept;
  Lock& operator=(Lock&& other) noexcept;
  ~Lock();  ///< removes the file and gives the lock back

 private:
  Lock(int file, std::filesystem::path path) : file_(file), path_(std::move(path)) {}
  static std::optional<Lock> open(const std::filesystem::path& path, const std::filesystem::path& target, int how);

  int file_ = -1;
  std::filesystem::path path_;
};

}  // namespace nadir

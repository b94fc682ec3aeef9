#pragma once
/// A file under a hidden name beside its final one: made by us alone, removed unless it is given that name.

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

namespace nadir {

class HiddenFile {
 public:
  /// Creates `.name.<process>.tmp` in the folder of `target`; refuses one that exists. Throws StoreError.
  explicit HiddenFile(const std::filesystem::path& target);
  HiddenFile(const HiddenFile&) = delete;
  HiddenFile& operator=(const HiddenFile&) = delete;
  ~HiddenFile();

  /// Writes everything and flushes it to the disk. Throws StoreError with the system's reason, such as a full disk.
  void fill(std::span<const std::byte> bytes);

  /// Gives the file its final name and flushes the folder; without `overwrite`, only where the name is free, also when
  /// another program takes it at this very moment. Throws StoreError.
  void publish(bool overwrite);

  const std::filesystem::path& path() const { return path_; }

 private:
  [[noreturn]] void fail(const std::string& doing) const;
  void close();
  void take_free_name();
  void sync_folder() const;

  std::filesystem::path target_;
  std::filesystem::path path_;
  int file_ = -1;
  bool ours_ = false;
};

/// The folder that a file of this name lies in.
std::filesystem::path folder_of(const std::filesystem::path& path);

}  // namespace nadir

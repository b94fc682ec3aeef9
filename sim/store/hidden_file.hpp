#pragma once
/// A file under a hidden name beside its final one: made by us alone, removed unless it is given that name.

#include <filesystem>
#include <optional>

#include "sim/store/disk_file.hpp"

namespace nadir {

class HiddenFile {
 public:
  /// Creates `.name.<process>.tmp` in the folder of `target`; refuses one that exists. Throws StoreError.
  explicit HiddenFile(const std::filesystem::path& target);
  HiddenFile(const HiddenFile&) = delete;
  HiddenFile& operator=(const HiddenFile&) = delete;
  ~HiddenFile();

  DiskFile& file() { return *file_; }
  const std::filesystem::path& path() const { return path_; }

  /// Closes the file, gives it its final name and flushes the folder; without `overwrite`, only where the name is free.
  /// Throws StoreError.
  void publish(bool overwrite);

 private:
  std::filesystem::path target_;
  std::filesystem::path path_;
  std::optional<DiskFile> file_;
};

}  // namespace nadir

#include "sim/store/write.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "sim/store/hdf5_file.hpp"
#include "sim/store/store_error.hpp"

namespace nadir {

namespace {

namespace fs = std::filesystem;

std::string reason() { return std::strerror(errno); }

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

fs::path hidden_name(const fs::path& path) {
  return folder_of(path) / ("." + path.filename().string() + "." + std::to_string(::getpid()) + ".tmp");
}

/// Flushes a file or folder to the disk.
void sync(const fs::path& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) throw StoreError(path, "cannot open it again: " + reason());
  const int failed = ::fsync(file);
  const std::string why = reason();
  ::close(file);
  if (failed != 0) throw StoreError(path, "cannot flush it to the disk: " + why);
}

/// Removes the hidden file unless it was renamed.
struct Cleanup {
  fs::path path;
  bool armed = true;
  ~Cleanup() {
    std::error_code ignored;
    if (armed) fs::remove(path, ignored);
  }
};

}  // namespace

void check_writable(const fs::path& path, const WriteOptions& options) {
  std::error_code error;
  const fs::path folder = folder_of(path);
  if (!path.has_filename()) throw StoreError(path, "this is not the name of a file", "give a name such as out/result.h5");
  if (!fs::exists(folder, error))
    throw StoreError(path, "the folder '" + folder.string() + "' does not exist", "create it: mkdir -p " + folder.string());
  if (!fs::is_directory(folder, error)) throw StoreError(path, "'" + folder.string() + "' is not a folder");
  if (fs::is_directory(path, error)) throw StoreError(path, "this is a folder", "give a name for the file in it");
  if (fs::exists(path, error) && !options.overwrite)
    throw StoreError(path, "the file exists already", "choose another name with -o, or replace it with --overwrite");
  const fs::path probe = hidden_name(path);
  const int file = ::open(probe.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
  if (file < 0)
    throw StoreError(path, "cannot write in '" + folder.string() + "': " + reason(), "choose another folder with -o");
  ::close(file);
  ::unlink(probe.c_str());
}

void write(const Dataset& dataset, const fs::path& path, const WriteOptions& options) {
  check_writable(path, options);
  const fs::path hidden = hidden_name(path);
  Cleanup cleanup{hidden};
  write_hdf5(dataset, hidden, options.deflate);
  verify_hdf5(dataset, hidden);
  sync(hidden, O_RDONLY);
  // A hard link fails where the name is taken, so that no file of another run is replaced by accident.
  if (!options.overwrite && ::link(hidden.c_str(), path.c_str()) == 0) {
    ::unlink(hidden.c_str());
  } else if (!options.overwrite && errno == EEXIST) {
    throw StoreError(path, "the file has come into being meanwhile", "choose another name with -o");
  } else if (::rename(hidden.c_str(), path.c_str()) != 0) {
    throw StoreError(path, "cannot give the file its name: " + reason());
  }
  cleanup.armed = false;
  sync(folder_of(path), O_RDONLY | O_DIRECTORY);
}

}  // namespace nadir

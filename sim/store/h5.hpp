#pragma once
/// Handles over HDF5's C interface: each is closed once, each return value is checked.

#include <hdf5.h>

#include <filesystem>
#include <mutex>
#include <string>
#include <utility>

namespace nadir::h5 {

/// An open HDF5 object of any kind.
class Handle {
 public:
  using Closer = herr_t (*)(hid_t);
  Handle() = default;
  Handle(hid_t id, Closer closer) : id_(id), closer_(closer) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), closer_(other.closer_) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(closer_, other.closer_);
    return *this;
  }
  ~Handle() {
    if (id_ >= 0) closer_(id_);
  }

  operator hid_t() const { return id_; }
  /// Closes now; the result of the close, which on a full disk is where an error shows.
  herr_t close() { return id_ < 0 ? 0 : closer_(std::exchange(id_, -1)); }

 private:
  hid_t id_ = -1;
  Closer closer_ = nullptr;
};

/// What HDF5 says went wrong, in one line, with the system's reason when there is one.
std::string last_error();

/// HDF5 is not made for threads: one at a time may use it while it holds this.
class Turn {
 public:
  Turn();

 private:
  std::unique_lock<std::recursive_mutex> lock_;
};

/// HDF5 prints a stack of errors by default; nadir says one sentence instead.
void silence();

/// Checked calls on one file: a negative return becomes a StoreError that names the file.
class Caller {
 public:
  explicit Caller(std::filesystem::path path) : path_(std::move(path)) {}

  /// Throws when `result` is negative.
  void check(long long result, const char* doing) const;
  Handle own(hid_t id, Handle::Closer closer, const char* doing) const;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace nadir::h5

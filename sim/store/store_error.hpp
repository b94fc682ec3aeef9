#pragma once
/// A result that cannot be written or read: path, cause, next step.

#include <filesystem>
#include <stdexcept>
#include <string>

namespace nadir {

class StoreError : public std::runtime_error {
 public:
  StoreError(const std::filesystem::path& path, const std::string& cause, const std::string& hint = "")
      : std::runtime_error(path.string() + ": error: " + cause + "\n" +
                           (hint.empty() ? "" : "      = help: " + hint + "\n")) {}
};

/// Another process is at work on the same file; later it may be possible.
class BusyError : public StoreError {
 public:
  using StoreError::StoreError;
};

}  // namespace nadir

#pragma once
/// A progress bar with the time left, for a terminal.

#include <chrono>
#include <cstddef>

namespace nadir::cli {

class Progress {
 public:
  explicit Progress(bool visible) : visible_(visible) {}
  void show(std::size_t done, std::size_t total);
  void clear();

 private:
  bool visible_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_{};
};

}  // namespace nadir::cli

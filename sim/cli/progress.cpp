#include "sim/cli/progress.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <string>

namespace nadir::cli {

void Progress::show(std::size_t done, std::size_t total) {
  const auto now = std::chrono::steady_clock::now();
  if (!visible_ || total == 0 || now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  constexpr std::size_t width = 30;
  const std::size_t filled = done * width / total;
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  const double left = done > 0 ? elapsed * static_cast<double>(total - done) / static_cast<double>(done) : 0.0;
  fmt::print(stderr, "\r[{}{}] {} of {} patients, {:.0f} s left \x1b[K", std::string(filled, '#'),
             std::string(width - filled, '.'), done, total, left);
  std::fflush(stderr);
}

void Progress::clear() {
  if (!visible_) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
}

}  // namespace nadir::cli

#pragma once
/// Random numbers keyed by what is drawn, never by when: a draw is a function of seed, name, patient and draw number.

#include <array>
#include <cstdint>
#include <string_view>

namespace nadir {

/// The draws of one named quantity.
class Stream {
 public:
  /// `what` names the quantity: "netterberg2017.mtt". Streams of different names are independent.
  Stream(std::uint64_t seed, std::string_view what);

  /// Uniform, strictly between 0 and 1, 52 bits.
  double uniform(std::uint64_t patient, std::uint64_t draw = 0) const;

  /// Standard normal, from the uniform draw of the same number.
  double normal(std::uint64_t patient, std::uint64_t draw = 0) const;

 private:
  std::array<std::uint32_t, 2> key_;
};

}  // namespace nadir

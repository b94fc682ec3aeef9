#pragma once
/// A 128-bit checksum (XXH3) of numbers and texts. It finds damage and tells results apart; it is no signature.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace nadir {

class Digest {
 public:
  Digest();
  ~Digest();

  void add(std::span<const std::byte> bytes);
  void add(std::uint64_t number);
  void add(std::string_view text);  ///< its length, then its bytes: "ab" and "c" differ from "a" and "bc"

  /// What was added so far, as 32 hexadecimal digits.
  std::string hex() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nadir

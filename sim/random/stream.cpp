#include "sim/random/stream.hpp"

#include "sim/random/distribution.hpp"
#include "sim/random/philox.hpp"

namespace nadir {

namespace {

constexpr std::uint32_t low(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
constexpr std::uint32_t high(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }

/// FNV-1a, 64 bits.
constexpr std::uint64_t hash(std::string_view text) {
  std::uint64_t value = 14695981039346656037ULL;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return value;
}

}  // namespace

Stream::Stream(std::uint64_t seed, std::string_view what) {
  const std::uint64_t name = hash(what);
  const auto mixed = philox({low(name), high(name), 0, 0}, {low(seed), high(seed)});
  key_ = {mixed[0], mixed[1]};
}

double Stream::uniform(std::uint64_t patient, std::uint64_t draw) const {
  const auto random = philox({low(patient), high(patient), low(draw), high(draw)}, key_);
  const std::uint64_t integer = (std::uint64_t{random[1]} << 32 | random[0]) >> 12;  // 52 bits: k + ½ is exact
  return (static_cast<double>(integer) + 0.5) * 0x1p-52;
}

double Stream::normal(std::uint64_t patient, std::uint64_t draw) const {
  return normal_quantile(uniform(patient, draw));
}

}  // namespace nadir

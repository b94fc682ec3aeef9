#define XXH_INLINE_ALL
#include "sim/base/digest.hpp"

#include <xxhash.h>

#include <array>
#include <bit>
#include <cstdio>
#include <new>

namespace nadir {

static_assert(std::endian::native == std::endian::little, "digests are of little-endian numbers");

struct Digest::State {
  XXH3_state_t xxh;
};

Digest::Digest() : state_(std::make_unique<State>()) { XXH3_128bits_reset(&state_->xxh); }
Digest::~Digest() = default;

void Digest::add(std::span<const std::byte> bytes) { XXH3_128bits_update(&state_->xxh, bytes.data(), bytes.size()); }

void Digest::add(std::uint64_t number) { add(std::as_bytes(std::span(&number, 1))); }

void Digest::add(std::string_view text) {
  add(std::uint64_t{text.size()});
  add(std::as_bytes(std::span(text.data(), text.size())));
}

std::string Digest::hex() const {
  const XXH128_hash_t hash = XXH3_128bits_digest(&state_->xxh);
  std::array<char, 33> text{};
  std::snprintf(text.data(), text.size(), "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return text.data();
}

}  // namespace nadir

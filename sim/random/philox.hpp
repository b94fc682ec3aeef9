#pragma once
/// Philox4x32-10 (Salmon et al., SC 2011) through Random123: a random function of a counter and a key.

#include <Random123/philox.h>

#include <array>
#include <cstdint>

namespace nadir {

inline std::array<std::uint32_t, 4> philox(const std::array<std::uint32_t, 4>& counter,
                                           const std::array<std::uint32_t, 2>& key) {
  const r123::Philox4x32::ctr_type c{{counter[0], counter[1], counter[2], counter[3]}};
  const r123::Philox4x32::key_type k{{key[0], key[1]}};
  const auto result = r123::Philox4x32{}(c, k);
  return {result[0], result[1], result[2], result[3]};
}

}  // namespace nadir

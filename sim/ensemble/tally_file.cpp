#include "sim/ensemble/tally_file.hpp"

#include <stdexcept>

namespace nadir {

std::vector<std::int64_t> pack(const std::vector<Tally>& tallies) {
  std::vector<std::int64_t> all;
  for (const Tally& tally : tallies) {
    const std::vector<std::int64_t> one = tally.pack();
    all.push_back(static_cast<std::int64_t>(one.size()));
    all.insert(all.end(), one.begin(), one.end());
  }
  return all;
}

void add(std::vector<Tally>& tallies, std::span<const std::int64_t> packed) {
  for (Tally& tally : tallies) {
    if (packed.empty() || packed[0] < 0 || static_cast<std::size_t>(packed[0]) >= packed.size())
      throw std::invalid_argument("the tallies end early");
    const auto size = static_cast<std::size_t>(packed[0]);
    tally.add(Tally::unpack(packed.subspan(1, size)));
    packed = packed.subspan(1 + size);
  }
}

}  // namespace nadir

#pragma once
/// The tallies of all signals as one list of numbers.

#include <cstdint>
#include <span>
#include <vector>

#include "sim/ensemble/tally.hpp"

namespace nadir {

std::vector<std::int64_t> pack(const std::vector<Tally>& tallies);

/// Adds what pack() gave to tallies of the same signals. Throws std::invalid_argument for numbers that are none.
void add(std::vector<Tally>& tallies, std::span<const std::int64_t> packed);

}  // namespace nadir

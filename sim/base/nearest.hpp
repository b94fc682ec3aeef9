#pragma once
/// "Did you mean …?": the known word nearest to a misspelt one.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nadir {

/// The candidate within a third of the word's length (at least 2 edits), the nearest first; empty when none is near.
std::string nearest(std::string_view word, std::span<const std::string> candidates);

/// The hint for an unknown name: the nearest one, or else all of them.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

}  // namespace nadir

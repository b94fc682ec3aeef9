#pragma once
/// Scenarios and cohorts that come with nadir; the texts of configs/ are built into the program.

#include <span>
#include <string>
#include <string_view>

namespace nadir {

struct Preset {
  std::string_view name;  ///< path below configs/ without ".toml": "docetaxel_q3w", "cohorts/oncology_adults"
  std::string_view text;
};

/// Written by CMake from configs/.
std::span<const Preset> presets();

/// The preset meant by a name or a path that ends in one ("configs/docetaxel_q3w.toml"); nullptr if none.
const Preset* find_preset(const std::string& path);

}  // namespace nadir

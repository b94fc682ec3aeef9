#pragma once
/// Text files of the user: reading them within limits, and places in them.

#include <toml++/toml.h>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "sim/base/error.hpp"

namespace nadir {

/// Largest file that is parsed, and most patients' lines of a table.
inline constexpr std::size_t most_toml_bytes = std::size_t{1} << 20;
inline constexpr std::size_t most_table_bytes = std::size_t{1} << 30;

/// The text of a file. Throws ScenarioError (at `asked_from`) when it cannot be read or is larger than `most_bytes`.
/// A relative path that is not there is looked up among the built-in presets.
std::string read_text(const std::filesystem::path& path, std::size_t most_bytes, const Place& asked_from);

/// TOML texts that were parsed, so that a node can be shown in its line.
class Sources {
 public:
  /// Parses a text under a name; throws ScenarioError on a syntax error or a key written twice.
  toml::table parse(const std::string& text, const std::string& name);

  Place at(const toml::source_region& region, int length = 0) const;
  Place at(const toml::node& node) const { return at(node.source()); }
  Place at(const toml::key& key) const { return at(key.source(), static_cast<int>(key.str().size())); }

 private:
  std::map<std::string, std::vector<std::string>> lines_;
};

}  // namespace nadir

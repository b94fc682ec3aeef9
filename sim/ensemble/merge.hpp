#pragma once
/// Shards joined to one result file.

#include <filesystem>
#include <string>

namespace nadir {

/// Joins all shards of a folder into `path`: the same bytes as a run without shards. Checks the manifest and every
/// shard first; refuses what is missing, damaged, or of several scenarios. Returns the result hash. Throws StoreError.
std::string merge(const std::filesystem::path& folder, const std::filesystem::path& path, bool overwrite);

}  // namespace nadir

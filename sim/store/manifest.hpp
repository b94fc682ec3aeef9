#pragma once
/// The list of finished shards in a folder: manifest.jsonl, one JSON object a line, only ever added to.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "sim/store/journal.hpp"

namespace nadir {

/// A finished shard. The digest is of all bytes of its file.
struct ShardRecord {
  std::string file;
  std::size_t shard = 1, shards = 1;  ///< k of N, from 1
  std::size_t first = 0, patients = 0;
  std::uint64_t bytes = 0;
  std::string digest;
  RunIdentity identity;
  bool operator==(const ShardRecord&) const = default;
};

std::filesystem::path manifest_path(const std::filesystem::path& folder);

/// The shards that the manifest lists, none where there is no manifest; a file listed twice counts as last listed. A
/// last line without its end, which a power failure leaves, is left out. Throws StoreError where a line is not one that
/// nadir writes.
std::vector<ShardRecord> read_manifest(const std::filesystem::path& folder);

/// Adds a shard unless it is listed already, while no other process does. Throws StoreError.
void add_to_manifest(const std::filesystem::path& folder, const ShardRecord& record);

/// The digest of all bytes of a file. Throws StoreError.
std::string file_digest(const std::filesystem::path& path);

}  // namespace nadir

#pragma once
/// A share of a plan's patients as an immutable file, so that many processes or machines can simulate one plan.

#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "sim/ensemble/engine.hpp"
#include "sim/ensemble/outline.hpp"

namespace nadir {

/// Shard `number` of `count`, from 1.
struct ShardPlace {
  std::size_t number = 1;
  std::size_t count = 1;
};

/// The patients of a shard; shards differ by one patient at most.
Portion portion_of(std::size_t patients, const ShardPlace& place);

/// "shard-00003-of-00017.h5"
std::string shard_name(const ShardPlace& place);

struct ShardResult {
  std::filesystem::path path;
  bool kept = false;  ///< it was there already, sound and of the same scenario
};

/// Simulates a shard into `folder`, and lists it in the folder's manifest; keeps one that is there and fits. Different
/// shards may be at work in one folder at once. Throws StoreError, and Interrupted, which leaves nothing behind.
ShardResult run_shard(const Plan& plan, const ShardPlace& place, const std::filesystem::path& folder,
                      const RunOptions& options);

/// A shard is laid out as a result, with these attributes and a dataset <signal>.tally of each signal in addition.
inline constexpr std::array<std::string_view, 4> shard_attributes{"scenario_hash", "shard", "shards", "first_patient"};
inline constexpr std::string_view tally_suffix = ".tally";

}  // namespace nadir

#include "sim/ensemble/shard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <system_error>

#include "sim/ensemble/identity.hpp"
#include "sim/ensemble/production.hpp"
#include "sim/store/input_file.hpp"
#include "sim/store/layout.hpp"
#include "sim/store/lock.hpp"
#include "sim/store/manifest.hpp"
#include "sim/store/publish.hpp"
#include "sim/store/result_hash.hpp"
#include "sim/store/store_error.hpp"
#include "sim/store/write.hpp"

namespace nadir {

namespace fs = std::filesystem;

namespace {

/// What a shard says of itself besides what every result says.
Attributes attributes_of(const ShardRecord& record) {
  const auto number = [](std::size_t n) { return Attribute(static_cast<std::int64_t>(n)); };
  const std::array<Attribute, shard_attributes.size()> values{record.identity.scenario_hash, number(record.shard),
                                                              number(record.shards), number(record.first)};
  Attributes attributes;
  for (std::size_t i = 0; i < values.size(); ++i) attributes.emplace_back(shard_attributes[i], values[i]);
  return attributes;
}

class Shard {
 public:
  Shard(const Plan& plan, const ShardPlace& place, const fs::path& folder)
      : plan_(plan), portion_(portion_of(plan.patients, place)), folder_(folder), path_(folder / shard_name(place)) {
    record_ = {.file = path_.filename().string(),
               .shard = place.number,
               .shards = place.count,
               .first = portion_.first,
               .patients = portion_.patients,
               .identity = identity_of(plan)};
  }

  ShardResult run(const RunOptions& options) {
    check_folder(folder_, path_);
    const std::optional<Lock> lock = Lock::take(folder_ / ("." + record_.file + ".lock"), path_);
    if (!lock) throw BusyError(path_, "another process is simulating this shard at this moment", "wait for it to end");
    std::error_code ignored;
    const bool kept = fs::exists(path_, ignored);
    if (const auto listed = listed_record()) check_identity(*listed);
    if (kept)
      check();
    else
      simulate(options);
    record_.bytes = fs::file_size(path_);
    record_.digest = file_digest(path_);
    add_to_manifest(folder_, record_);
    return {path_, kept};
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw StoreError(path_, what, "remove the file to simulate it again, or take another folder with --out");
  }

  /// What the manifest says of this shard. That of another scenario in the same folder is refused.
  std::optional<ShardRecord> listed_record() const {
    const std::vector<ShardRecord> records = read_manifest(folder_);
    for (const ShardRecord& record : records)
      if (record.file == record_.file) return record;
    for (const ShardRecord& record : records)
      if (record.identity != record_.identity || record.shards != record_.shards)
        throw StoreError(
            manifest_path(folder_),
            "the folder holds shards of another scenario, version or number of shards ('" + record.file + "')",
            "take another folder with --out");
    return std::nullopt;
  }

  void check_identity(const ShardRecord& listed) const {
    if (listed.identity.nadir_version != record_.identity.nadir_version)
      refuse("the shard was made by nadir " + listed.identity.nadir_version + ", this is " +
             record_.identity.nadir_version);
    if (listed.identity != record_.identity) refuse("the shard is of another scenario, cohort or event table");
    std::error_code ignored;
    if (fs::exists(path_, ignored) && listed.digest != file_digest(path_))
      refuse("the shard is damaged: it differs from its digest in the manifest");
  }

  /// Refuses a shard that is there and does not fit.
  void check() const {
    const InputFile file(path_, shard_file_type);
    const Attributes& said = file.header().attributes;
    for (const auto& [name, value] : attributes_of(record_)) {
      const bool same = std::find(said.begin(), said.end(), std::pair(name, value)) != said.end();
      if (!same) refuse("the shard is of another scenario, version or number of shards (its '" + name + "' differs)");
    }
    const auto* hash = find_attribute<std::string>(said, result_hash_name);
    if (hash == nullptr || *hash != result_hash(file)) refuse("the shard is damaged: its numbers do not fit its hash");
  }

  void simulate(const RunOptions& options) const {
    const fs::path hidden = folder_ / ("." + record_.file + ".tmp");
    std::error_code ignored;
    fs::remove(hidden, ignored);  // of a process that was killed: we hold its lock
    DiskFile file(hidden, DiskFile::Mode::create, path_);
    try {
      Production production(plan_, portion_, path_);
      file.reserve(production.file_bytes());
      production.fill(file, options, nullptr);
      add_identity(production);
      production.finish(file);
      file.close();
      publish(hidden, path_, false);
    } catch (...) {
      fs::remove(hidden, ignored);
      throw;
    }
  }

  void add_identity(Production& production) const {
    Dataset& dataset = production.dataset();
    for (auto& [name, value] : dataset.attributes)
      if (name == "filetype") value = std::string(shard_file_type);
    for (auto& attribute : attributes_of(record_)) dataset.attributes.push_back(std::move(attribute));
    const std::vector<std::string> names = signal_names(plan_);
    for (std::size_t s = 0; s < names.size(); ++s) {
      const std::string name = names[s] + std::string(tally_suffix);
      std::vector<std::int64_t> packed = production.tallies()[s].pack();
      dataset.dimensions.push_back({name, packed.size()});
      dataset.variables.push_back({name, {name}, std::move(packed), {}});
    }
  }

  const Plan& plan_;
  Portion portion_;
  fs::path folder_, path_;
  ShardRecord record_;
};

}  // namespace

Portion portion_of(std::size_t patients, const ShardPlace& place) {
  // The first `left` shards have one patient more.
  const std::size_t each = patients / place.count, left = patients % place.count, before = place.number - 1;
  return {before * each + std::min(before, left), each + (before < left ? 1 : 0)};
}

std::string shard_name(const ShardPlace& place) {
  return fmt::format("shard-{:05}-of-{:05}.h5", place.number, place.count);
}

ShardResult run_shard(const Plan& plan, const ShardPlace& place, const fs::path& folder, const RunOptions& options) {
  return Shard(plan, place, folder).run(options);
}

}  // namespace nadir

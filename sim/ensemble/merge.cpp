#include "sim/ensemble/merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <system_error>

#include "sim/ensemble/file_bands.hpp"
#include "sim/ensemble/shard.hpp"
#include "sim/store/finish.hpp"
#include "sim/store/input_file.hpp"
#include "sim/store/layout.hpp"
#include "sim/store/manifest.hpp"
#include "sim/store/result_hash.hpp"
#include "sim/store/store_error.hpp"
#include "sim/store/work_folder.hpp"
#include "sim/store/write.hpp"

namespace nadir {

namespace fs = std::filesystem;

namespace {

/// The shards of a complete folder in their order. Throws StoreError.
std::vector<ShardRecord> complete_list(const fs::path& folder) {
  std::vector<ShardRecord> records = read_manifest(folder);
  const fs::path list = manifest_path(folder);
  if (records.empty())
    throw StoreError(list, "there are no finished shards in this folder",
                     "make them: nadir run SCENARIO --shard 1/N --out " + folder.string());
  std::sort(records.begin(), records.end(),
            [](const ShardRecord& a, const ShardRecord& b) { return a.shard < b.shard; });
  const std::size_t count = records.front().shards;
  std::vector<std::string> missing;
  std::size_t at = 0, first = 0;
  for (std::size_t k = 1; k <= count; ++k) {
    if (at == records.size() || records[at].shard != k) {
      missing.push_back(std::to_string(k));
      continue;
    }
    const ShardRecord& record = records[at++];
    if (record.identity != records.front().identity || record.shards != count)
      throw StoreError(list,
                       "'" + record.file + "' is of another scenario, version or number of shards than '" +
                           records.front().file + "'",
                       "remove the manifest and the shards that do not belong here, and run each shard again");
    if (record.file != shard_name({k, count}) || (missing.empty() && record.first != first))
      throw StoreError(list, "the line of shard " + std::to_string(k) + " does not fit the others",
                       "the manifest is not to be edited; remove it, and run each shard again: those that are sound "
                       "are kept and listed anew");
    first = record.first + record.patients;
  }
  if (!missing.empty()) {
    const std::size_t shown = std::min<std::size_t>(missing.size(), 20);
    throw StoreError(folder,
                     fmt::format("{} of {} shards are missing: {}{}", missing.size(), count,
                                 fmt::join(missing.begin(), missing.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                                 shown < missing.size() ? ", …" : ""),
                     fmt::format("make the first of them: nadir run SCENARIO --shard {}/{} --out {}", missing[0], count,
                                 folder.string()));
  }
  if (at != records.size())
    throw StoreError(list, "the manifest lists '" + records[at].file + "' besides the shards", "remove that line");
  return records;
}

void check_file(const fs::path& path, const ShardRecord& record) {
  const std::string again = "remove it and run it again: nadir run SCENARIO --shard " + std::to_string(record.shard) +
                            "/" + std::to_string(record.shards) + " --out " + path.parent_path().string();
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error) throw StoreError(path, "the manifest lists this shard, but there is no such file", again);
  if (size != record.bytes)
    throw StoreError(path, fmt::format("the shard has {} bytes instead of {}", size, record.bytes), again);
  if (file_digest(path) != record.digest)
    throw StoreError(path, "the shard is damaged: it differs from its digest in the manifest", again);
}

bool is_tally(const std::string& name) { return name.ends_with(tally_suffix); }

bool by_patient(const std::string& dimension) {
  return dimension == "patient" || dimension == "series" || dimension == "observation";
}

bool has_rows(const Variable& variable) { return by_patient(variable.dimensions.at(0)); }

class Merger {
 public:
  Merger(const fs::path& folder, std::vector<ShardRecord> records) : folder_(folder), records_(std::move(records)) {}

  /// Checks every shard, and adds up their sizes and tallies.
  void gather() {
    for (const ShardRecord& record : records_) {
      check_file(folder_ / record.file, record);
      const InputFile file(folder_ / record.file, shard_file_type);
      if (dataset_.variables.empty())
        start(file);
      else
        extend(file);
      add_tallies(file);
    }
  }

  const Dataset& dataset() const { return dataset_; }

  /// Copies the rows of all shards to their places.
  void copy_rows(DiskFile& to, const std::vector<Room>& rooms) const {
    std::vector<std::size_t> done(rooms.size());  // bytes
    for (const ShardRecord& record : records_) {
      const InputFile file(folder_ / record.file, shard_file_type);
      for (std::size_t i = 0; i < rooms.size(); ++i) {
        if (!has_rows(dataset_.variables[i])) continue;
        file.stream(*find(file.header(), dataset_.variables[i].name), 1, [&](std::span<const std::byte> piece) {
          to.write(rooms[i].offset + done[i], piece);
          done[i] += piece.size();
        });
      }
    }
  }

  void set_all_bands(const DiskFile& file, const std::vector<Room>& rooms) {
    const std::size_t patients = size_of("patient"), times = size_of("time");
    for (const auto& [signal, tally] : tallies_) {
      const StoredSeries series{file, rooms[*find(dataset_, signal)].offset, rooms[*find(dataset_, "status")].offset,
                                patients, times};
      set_bands(dataset_, signal, size_of("series") == patients ? bands(series) : bands(tally));
    }
  }

 private:
  /// The first shard: all that does not belong to patients is the same in every shard.
  void start(const InputFile& file) {
    dataset_ = file.header();
    std::erase_if(dataset_.attributes, [](const auto& attribute) {
      const auto& own = shard_attributes;
      return attribute.first == result_hash_name || std::find(own.begin(), own.end(), attribute.first) != own.end();
    });
    for (auto& [name, value] : dataset_.attributes)
      if (name == "filetype") value = std::string(file_type);
    for (std::size_t i = 0; i < dataset_.variables.size(); ++i) {
      Variable& variable = dataset_.variables[i];
      const bool text = element_size(variable.values) == 0;
      if (!is_tally(variable.name) && (text || !has_rows(variable))) variable.values = file.values(i);
    }
    std::erase_if(dataset_.variables, [](const Variable& variable) { return is_tally(variable.name); });
    std::erase_if(dataset_.dimensions, [](const Dimension& dimension) { return is_tally(dimension.name); });
  }

  void extend(const InputFile& file) {
    for (Dimension& dimension : dataset_.dimensions)
      if (by_patient(dimension.name)) dimension.size += elements(file.header(), {.dimensions = {dimension.name}});
    for (Variable& variable : dataset_.variables) {
      const auto index = find(file.header(), variable.name);
      if (!index)
        throw StoreError(file.path(), "the shard has no '" + variable.name + "', which the first one has",
                         "remove it, and run this shard again");
      if (element_size(variable.values) != 0 || !has_rows(variable)) continue;
      auto& words = std::get<std::vector<std::string>>(variable.values);
      const Values more = file.values(*index);
      const auto& list = std::get<std::vector<std::string>>(more);
      words.insert(words.end(), list.begin(), list.end());
    }
  }

  void add_tallies(const InputFile& file) {
    for (std::size_t i = 0; i < file.header().variables.size(); ++i) {
      const std::string& name = file.header().variables[i].name;
      if (!is_tally(name)) continue;
      const Values packed = file.values(i);
      const Tally tally = Tally::unpack(std::get<std::vector<std::int64_t>>(packed));
      const auto [known, is_new] = tallies_.try_emplace(name.substr(0, name.size() - tally_suffix.size()), tally);
      if (!is_new) known->second.add(tally);
    }
  }

  std::size_t size_of(const std::string& dimension) const { return elements(dataset_, {.dimensions = {dimension}}); }

  fs::path folder_;
  std::vector<ShardRecord> records_;
  Dataset dataset_;
  std::map<std::string, Tally> tallies_;  // by signal
};

}  // namespace

std::string merge(const fs::path& folder, const fs::path& path, bool overwrite) {
  check_folder(folder, folder);
  check_writable(path, {.overwrite = overwrite});
  std::vector<ShardRecord> records = complete_list(folder);
  const RunIdentity identity = records.front().identity;
  Merger merger(folder, std::move(records));
  merger.gather();
  WorkFolder work(path, identity, overwrite ? Unfinished::discard : Unfinished::refuse);
  const Skeleton skeleton = lay_out(merger.dataset(), path);
  work.data().reserve(skeleton.file.end);
  merger.copy_rows(work.data(), skeleton.rooms);
  merger.set_all_bands(work.data(), skeleton.rooms);
  std::string hash = finish(work.data(), merger.dataset(), skeleton.rooms, path);
  work.publish(overwrite);
  return hash;
}

}  // namespace nadir

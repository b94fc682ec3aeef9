#include "sim/store/manifest.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <system_error>

#include "sim/base/digest.hpp"
#include "sim/store/lock.hpp"
#include "sim/store/publish.hpp"
#include "sim/store/store_error.hpp"

namespace nadir {

namespace fs = std::filesystem;

namespace {

/// Every key of a line, with its member.
template <class Record, class Visit>
void each_key(Record& record, Visit visit) {
  visit("file", record.file);
  visit("shard", record.shard);
  visit("shards", record.shards);
  visit("first", record.first);
  visit("patients", record.patients);
  visit("bytes", record.bytes);
  visit("digest", record.digest);
  visit("scenario_hash", record.identity.scenario_hash);
  visit("nadir_version", record.identity.nadir_version);
  visit("format_version", record.identity.format_version);
}

std::string print(const ShardRecord& record) {
  nlohmann::ordered_json line;
  each_key(record, [&](const char* key, const auto& value) { line[key] = value; });
  return line.dump() + "\n";
}

ShardRecord parse(const std::string& line, const fs::path& path, std::size_t number) {
  ShardRecord record;
  try {
    const auto object = nlohmann::json::parse(line);
    each_key(record, [&](const char* key, auto& value) { object.at(key).get_to(value); });
    if (print(record) == line + "\n") return record;
  } catch (const nlohmann::json::exception&) {
    // told below
  }
  throw StoreError(path, "line " + std::to_string(number) + " is not one that nadir writes: " + line.substr(0, 200),
                   "the manifest is not to be edited; remove it, and run each shard again: those that are sound are "
                   "kept and listed anew");
}

/// The text of the manifest up to its last whole line.
std::string whole_lines(const DiskFile& file) {
  std::string text(file.size(), '\0');
  file.read(0, std::as_writable_bytes(std::span(text)));
  text.resize(text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1);
  return text;
}

std::vector<ShardRecord> parse_all(const std::string& text, const fs::path& path) {
  std::vector<ShardRecord> records;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    ShardRecord record = parse(text.substr(at, end - at), path, ++number);
    std::erase_if(records, [&](const ShardRecord& earlier) { return earlier.file == record.file; });
    records.push_back(std::move(record));
    at = end + 1;
  }
  return records;
}

}  // namespace

fs::path manifest_path(const fs::path& folder) { return folder / "manifest.jsonl"; }

std::vector<ShardRecord> read_manifest(const fs::path& folder) {
  const fs::path path = manifest_path(folder);
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return {};
  const DiskFile file(path, DiskFile::Mode::read, path);
  return parse_all(whole_lines(file), path);
}

void add_to_manifest(const fs::path& folder, const ShardRecord& record) {
  const fs::path path = manifest_path(folder);
  const Lock lock = Lock::wait(folder / ".manifest.lock", path);
  std::error_code ignored;
  const bool exists = fs::exists(path, ignored);
  DiskFile file(path, exists ? DiskFile::Mode::change : DiskFile::Mode::create, path);
  const std::string text = whole_lines(file);
  const std::vector<ShardRecord> records = parse_all(text, path);
  if (std::find(records.begin(), records.end(), record) != records.end()) return;
  file.resize(text.size());
  file.append(print(record));
  file.sync();
  file.close();
  if (!exists) sync_folder(folder, path);
}

std::string file_digest(const fs::path& path) {
  const DiskFile file(path, DiskFile::Mode::read, path);
  Digest digest;
  std::vector<std::byte> piece(std::size_t{1} << 20);
  const std::uint64_t size = file.size();
  for (std::uint64_t at = 0; at < size; at += piece.size()) {
    piece.resize(std::min<std::uint64_t>(piece.size(), size - at));
    file.read(at, piece);
    digest.add(piece);
  }
  return digest.hex();
}

}  // namespace nadir

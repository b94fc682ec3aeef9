#include "sim/store/journal.hpp"

#include <sstream>
#include <system_error>
#include <utility>

#include "sim/base/digest.hpp"
#include "sim/store/publish.hpp"
#include "sim/store/store_error.hpp"

namespace nadir {

namespace fs = std::filesystem;

namespace {

std::string digest_of(std::span<const std::int64_t> numbers) {
  Digest digest;
  digest.add(std::as_bytes(numbers));
  return digest.hex();
}

std::string first_line(const RunIdentity& identity) {
  return "nadir-journal " + identity.nadir_version + " " + identity.format_version + " " + identity.scenario_hash +
         "\n";
}

std::string text_of(const DiskFile& file) {
  std::string text(file.size(), '\0');
  file.read(0, std::as_writable_bytes(std::span(text)));
  return text;
}

}  // namespace

Journal::Journal(const fs::path& folder, const fs::path& target, DiskFile::Mode mode)
    : folder_(folder), target_(target), file_(folder / "journal", mode, target) {}

Journal::Journal(const fs::path& folder, const fs::path& target, const RunIdentity& identity)
    : Journal(folder, target, DiskFile::Mode::create) {
  file_.append(first_line(identity));
  file_.sync();
  sync_folder(folder, target);
}

Journal Journal::resume(const fs::path& folder, const fs::path& target, const RunIdentity& identity) {
  Journal journal(folder, target, DiskFile::Mode::change);
  journal.load(identity);
  return journal;
}

bool Journal::has_work(const fs::path& folder, const fs::path& target) {
  const fs::path path = folder / "journal";
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return false;
  return text_of(DiskFile(path, DiskFile::Mode::read, target)).find("\ntally ") != std::string::npos;
}

void Journal::damaged(const std::string& what) const {
  throw StoreError(file_.path(), what, "start again with --overwrite, which discards the unfinished run");
}

void Journal::load(const RunIdentity& identity) {
  const std::string text = text_of(file_);
  const std::size_t end = text.find('\n');
  std::istringstream words(text.substr(0, end));
  std::string mark;
  RunIdentity found;
  words >> mark >> found.nadir_version >> found.format_version >> found.scenario_hash;
  if (end == std::string::npos || mark != "nadir-journal" || words.fail()) damaged("this is not a journal of nadir");
  const auto refuse = [&](const std::string& what) {
    damaged("the unfinished run is of " + what + ", so it cannot be continued");
  };
  if (found.nadir_version != identity.nadir_version)
    refuse("nadir " + found.nadir_version + ", this is " + identity.nadir_version);
  if (found.format_version != identity.format_version) refuse("another format (" + found.format_version + ")");
  if (found.scenario_hash != identity.scenario_hash) refuse("another scenario, cohort or event table");
  std::size_t sound = end + 1;
  while (const std::size_t next = load_checkpoint(text, sound)) sound = next;
  file_.resize(sound);  // what was being added when the run ended
}

/// Reads the lines of one checkpoint; returns where they end, 0 when they do not.
std::size_t Journal::load_checkpoint(const std::string& text, std::size_t from) {
  std::vector<FinishedRange> ranges = finished_;
  for (std::size_t end = text.find('\n', from); end != std::string::npos; from = end + 1, end = text.find('\n', from)) {
    std::istringstream words(text.substr(from, end - from));
    std::string kind;
    FinishedRange range;
    words >> kind;
    if (kind == "range" && words >> range.first >> range.count >> range.digest) {
      if (range.first != (ranges.empty() ? 0 : ranges.back().first + ranges.back().count))
        damaged("the journal has a gap before patient " + std::to_string(range.first));
      ranges.push_back(range);
    } else if (kind == "tally" && words >> tally_digest_) {
      finished_ = std::move(ranges);
      return end + 1;
    } else {
      damaged("the journal has a line that nadir does not write: '" + text.substr(from, end - from) + "'");
    }
  }
  return 0;
}

fs::path Journal::tally_path(std::size_t patients) const { return folder_ / ("tally-" + std::to_string(patients)); }

std::vector<std::int64_t> Journal::tallies() const {
  if (finished_.empty()) return {};
  const DiskFile file(tally_path(patients()), DiskFile::Mode::read, target_);
  std::vector<std::int64_t> numbers(file.size() / sizeof(std::int64_t));
  file.read(0, std::as_writable_bytes(std::span(numbers)));
  if (digest_of(numbers) != tally_digest_) damaged("the tallies in '" + file.path().string() + "' are damaged");
  return numbers;
}

void Journal::checkpoint(std::span<const FinishedRange> ranges, std::span<const std::int64_t> tallies) {
  const std::size_t before = patients(), after = ranges.back().first + ranges.back().count;
  std::string lines;
  for (const FinishedRange& range : ranges)
    lines += "range " + std::to_string(range.first) + " " + std::to_string(range.count) + " " + range.digest + "\n";
  tally_digest_ = digest_of(tallies);
  lines += "tally " + tally_digest_ + "\n";
  std::error_code ignored;
  fs::remove(tally_path(after), ignored);  // of a checkpoint that was not finished
  DiskFile file(tally_path(after), DiskFile::Mode::create, target_);
  file.write(0, std::as_bytes(tallies));
  file.sync();
  file.close();
  sync_folder(folder_, target_);
  file_.append(lines);
  file_.sync();
  finished_.insert(finished_.end(), ranges.begin(), ranges.end());
  if (before > 0) fs::remove(tally_path(before), ignored);
}

}  // namespace nadir

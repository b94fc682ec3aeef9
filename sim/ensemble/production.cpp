#include "sim/ensemble/production.hpp"

#include <algorithm>
#include <chrono>
#include <future>
#include <utility>

#include "sim/ensemble/file_bands.hpp"
#include "sim/ensemble/tally_file.hpp"
#include "sim/store/finish.hpp"
#include "sim/store/store_error.hpp"

namespace nadir {

namespace {

constexpr std::size_t lot = 1024;  // patients

}  // namespace

std::size_t range_size(double patient_bytes) {
  constexpr double usual = 8 << 20, most = 64 << 20;
  const auto fitting = [&](double bytes) { return static_cast<std::size_t>(bytes / std::max(patient_bytes, 1.0)); };
  if (fitting(most) < lot) return std::max<std::size_t>(fitting(most), 1);
  return std::max(fitting(usual) / lot * lot, lot);
}

std::vector<std::string> signal_names(const Plan& plan) {
  std::vector<std::string> names;
  for (const MarrowSlot& marrow : plan.assembly.marrows) names.emplace_back(marrow.model->signal.name);
  for (const DrugSlot& drug : plan.assembly.drugs) names.push_back(drug.name);
  return names;
}

Production::Production(const Plan& plan, const Portion& portion, std::filesystem::path target)
    : plan_(plan),
      portion_(portion),
      target_(std::move(target)),
      outline_(outline(plan, portion)),
      skeleton_(lay_out(outline_.dataset, target_)),
      writer_(plan_, portion_, outline_, skeleton_),
      tallies_(signal_names(plan).size(), Tally(plan.times.size())) {}

void Production::take_over(const DiskFile& file, const Journal& journal) {
  const auto damaged = [&](const std::string& what) {
    throw StoreError(file.path(), what, "start again with --overwrite, which discards the unfinished run");
  };
  if (journal.patients() > portion_.patients) damaged("the journal is of more patients than the scenario has");
  for (const FinishedRange& range : journal.finished()) {
    if (writer_.digest(file, range.first, range.count) != range.digest)
      damaged("the rows of patients " + std::to_string(range.first) + " to " +
              std::to_string(range.first + range.count - 1) + " are damaged");
  }
  done_ = journal.patients();
  if (done_ > 0) add(tallies_, journal.tallies());
}

void Production::keep(DiskFile& file, const Results& results) {
  unsaved_.push_back({results.first, results.patients, writer_.write(file, results)});
  for (std::size_t i = 0; i < tallies_.size(); ++i) tallies_[i].add(results.tallies[i]);
  done_ += results.patients;
}

/// What is recorded as finished must be on the disk first.
void Production::save(DiskFile& file) {
  if (!checkpoint_ || unsaved_.empty()) return;
  file.sync();
  checkpoint_(unsaved_, pack(tallies_));
  unsaved_.clear();
}

void Production::fill(DiskFile& file, const RunOptions& options, const Checkpoint& checkpoint) {
  checkpoint_ = checkpoint;
  const std::size_t size = range_size(writer_.patient_bytes());
  std::chrono::steady_clock::time_point last_save{};
  const auto write = [&](const Results& results) {
    keep(file, results);
    const auto now = std::chrono::steady_clock::now();
    if (done_ == portion_.patients || now - last_save < std::chrono::seconds(1)) return;
    save(file);
    last_save = now;
  };
  std::future<void> writing;  // of the range before
  try {
    for (std::size_t begin = done_; begin < portion_.patients; begin += size) {
      RunOptions part{.threads = options.threads};
      if (options.progress)
        part.progress = [&](std::size_t done, std::size_t) {
          return options.progress(begin + done, portion_.patients);
        };
      Results results(plan_, portion_.first + begin, std::min(size, portion_.patients - begin));
      simulate(plan_, results, part);
      if (writing.valid()) writing.get();
      writing = std::async(std::launch::async, [&write, range = std::move(results)] { write(range); });
    }
    if (writing.valid()) writing.get();
  } catch (const Interrupted&) {
    if (writing.valid()) writing.get();
    save(file);
    throw;
  }
}

std::string Production::finish(DiskFile& file) {
  const std::vector<std::string> names = signal_names(plan_);
  const auto status_at = *find(outline_.dataset, "status");
  for (std::size_t s = 0; s < names.size(); ++s) {
    const StoredSeries series{file, skeleton_.rooms[*find(outline_.dataset, names[s])].offset,
                              skeleton_.rooms[status_at].offset, portion_.patients, plan_.times.size()};
    const bool all = stored_series(plan_) >= portion_.end();
    set_bands(outline_.dataset, names[s], all ? bands(series) : bands(tallies_[s]));
  }
  return nadir::finish(file, outline_.dataset, skeleton_.rooms, target_);
}

}  // namespace nadir

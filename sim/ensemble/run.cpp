#include "sim/ensemble/run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <thread>

#include "sim/ensemble/collect.hpp"
#include "sim/ensemble/results.hpp"

namespace nadir {

namespace {

/// Patients are taken in small blocks, so that one slow patient never holds the others.
constexpr std::size_t block = 16;

class Crew {
 public:
  Crew(const Plan& plan, Results& results, unsigned threads) : plan_(plan), results_(results) {
    for (unsigned i = 0; i < threads; ++i) workers_.emplace_back([this] { work(); });
  }
  ~Crew() {
    stop_ = true;
    for (std::thread& worker : workers_) worker.join();
  }

  std::size_t done() const { return done_; }
  bool finished() const { return done_ == plan_.patients || stop_; }
  void rethrow() {
    const std::lock_guard lock(mutex_);
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void work() try {
    for (;;) {
      const std::size_t begin = next_.fetch_add(block);
      if (begin >= plan_.patients) return;
      const std::size_t end = std::min(begin + block, plan_.patients);
      for (std::size_t index = begin; index < end; ++index) {
        if (stop_) return;
        const Subject subject = make_subject(plan_, index);
        results_.store(plan_, index, subject, simulate(plan_, subject));
        ++done_;
      }
    }
  } catch (...) {
    const std::lock_guard lock(mutex_);
    failure_ = std::current_exception();
    stop_ = true;
  }

  const Plan& plan_;
  Results& results_;
  std::atomic<std::size_t> next_{0}, done_{0};
  std::atomic<bool> stop_{false};
  std::mutex mutex_;
  std::exception_ptr failure_;
  std::vector<std::thread> workers_;
};

/// Refuses what cannot fit, before the system takes the memory of others.
void check_memory(const Plan& plan) {
  const double needed = footprint(plan).memory;
  const double machine = static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGE_SIZE));
  if (needed < 0.8 * machine) return;
  raise(plan.scenario.ensemble.at("patients"),
        fmt::format("{} patients with {} stored times need about {:.0f} GB of memory; this machine has {:.0f} GB",
                    plan.patients, plan.times.size(), needed / 1e9, machine / 1e9),
        "take a longer time.sample, or fewer patients");
}

}  // namespace

Footprint footprint(const Plan& plan) {
  const auto n = static_cast<double>(plan.patients), times = static_cast<double>(plan.times.size());
  const auto signals = static_cast<double>(plan.assembly.marrows.size() + plan.assembly.drugs.size());
  const double rows = 1.0 + static_cast<double>(plan.cycles.size());
  const double numbers =
      static_cast<double>(plan.assembly.marrows.size()) * rows * static_cast<double>(measure_rows.size());
  const double own = plan.scenario.output.parameters
                         ? static_cast<double>(plan.population.parameters.size() + known_covariates.size())
                         : 0.0;
  const double patient = 8.0 * (numbers + own) + 16.0;
  const double stored = std::min(n, static_cast<double>(plan.scenario.output.series));
  const double file = n * patient + 4.0 * signals * times * (stored + 7.0) + 65536.0;
  // Series are held for all patients, for the quantiles; the metrics stand twice while datasets are made of them; the
  // file is built in memory.
  return {.memory = n * (4.0 * signals * times + 2.0 * patient) + file, .file = file};
}

Dataset run(const Plan& plan, const RunOptions& options) {
  check_memory(plan);
  Results results(plan);
  const unsigned machine = std::max(1u, std::thread::hardware_concurrency());
  {
    Crew crew(plan, results, options.threads > 0 ? options.threads : machine);
    while (!crew.finished()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(plan.patients < 100 ? 2 : 50));
      if (options.progress && !options.progress(crew.done(), plan.patients)) throw Interrupted{};
    }
    crew.rethrow();
  }
  if (options.progress && !options.progress(plan.patients, plan.patients)) throw Interrupted{};
  return collect(plan, results);
}

}  // namespace nadir

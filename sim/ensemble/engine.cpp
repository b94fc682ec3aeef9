#include "sim/ensemble/engine.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <thread>

#include "sim/ensemble/simulate.hpp"
#include "sim/ensemble/subject.hpp"

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
  bool finished() const { return idle_ == workers_.size() || stop_; }
  void rethrow() {
    const std::lock_guard lock(mutex_);
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void work() try {
    std::vector<Tally> tallies(results_.tallies.size(), Tally(results_.times));
    std::vector<float> series(tallies.size() * results_.times * block);
    for (;;) {
      const std::size_t begin = next_.fetch_add(block);
      if (begin >= results_.patients) break;
      const std::size_t end = std::min(begin + block, results_.patients);
      for (std::size_t i = begin; i < end; ++i) {
        if (stop_) return;
        const Subject subject = make_subject(plan_, results_.first + i);
        const Course course = simulate(plan_, subject);
        results_.store(plan_, results_.first + i, subject, course);
        lay_out(course, i - begin, series);
        ++done_;
      }
      for (std::size_t s = 0; s < tallies.size(); ++s)
        tallies[s].add(&series[s * results_.times * block], block, end - begin, &results_.status[begin]);
    }
    const std::lock_guard lock(mutex_);
    for (std::size_t s = 0; s < tallies.size(); ++s) results_.tallies[s].add(tallies[s]);
    ++idle_;
  } catch (...) {
    const std::lock_guard lock(mutex_);
    failure_ = std::current_exception();
    stop_ = true;
  }

  /// One patient's series into place `i` of a block: signal × time × patient, as tallies read them.
  void lay_out(const Course& course, std::size_t i, std::vector<float>& block_series) const {
    float* to = block_series.data() + i;
    for (const auto* group : {&course.count_series, &course.drug_series})
      for (const auto& values : *group)
        for (const double value : values) *to = static_cast<float>(value), to += block;
  }

  const Plan& plan_;
  Results& results_;
  std::atomic<std::size_t> next_{0}, done_{0}, idle_{0};
  std::atomic<bool> stop_{false};
  std::mutex mutex_;
  std::exception_ptr failure_;
  std::vector<std::thread> workers_;
};

}  // namespace

void simulate(const Plan& plan, Results& results, const RunOptions& options) {
  const unsigned machine = std::max(1u, std::thread::hardware_concurrency());
  {
    Crew crew(plan, results, options.threads > 0 ? options.threads : machine);
    while (!crew.finished()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(results.patients < 100 ? 2 : 50));
      if (options.progress && !options.progress(crew.done(), results.patients)) throw Interrupted{};
    }
    crew.rethrow();
  }
  if (options.progress && !options.progress(results.patients, results.patients)) throw Interrupted{};
}

}  // namespace nadir

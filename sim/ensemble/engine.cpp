#include "sim/ensemble/engine.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <mutex>
#include <thread>

#include "sim/ensemble/lane_worker.hpp"
#include "sim/ensemble/method.hpp"
#include "sim/ensemble/single_worker.hpp"

namespace nadir {

namespace {

/// Threads that do the same work until nothing is left.
class Crew {
 public:
  template <class Work>
  Crew(Share& share, unsigned threads, Work work) : share_(share), working_(threads) {
    for (unsigned i = 0; i < threads; ++i) {
      workers_.emplace_back([this, work] {
        try {
          work();
        } catch (...) {
          const std::lock_guard lock(mutex_);
          failure_ = std::current_exception();
          share_.stop();
        }
        --working_;
      });
    }
  }
  ~Crew() {
    if (working_ > 0) share_.stop();
    for (std::thread& worker : workers_) worker.join();
  }

  bool finished() const { return working_ == 0; }
  void rethrow() {
    const std::lock_guard lock(mutex_);
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  Share& share_;
  std::atomic<unsigned> working_;
  std::mutex mutex_;
  std::exception_ptr failure_;
  std::vector<std::thread> workers_;
};

/// Patients that a thread takes at a time: as asked, but with series of at most 32 MiB, or 16 patients.
std::size_t block_of(const Plan& plan, const Results& results, const RunOptions& options) {
  const std::size_t signals = plan.assembly.marrows.size() + plan.assembly.drugs.size();
  const std::size_t a_patient = std::max<std::size_t>(signals * results.times * sizeof(float), 1);
  const std::size_t most = std::max<std::size_t>((std::size_t{32} << 20) / a_patient, 16);
  return std::clamp<std::size_t>(options.block, 1, most);
}

template <class Work>
void run_crew(Share& share, const RunOptions& options, Work work) {
  const std::size_t patients = share.results.patients;
  const unsigned machine = std::max(1u, std::thread::hardware_concurrency());
  Crew crew(share, options.threads > 0 ? options.threads : machine, work);
  using Clock = std::chrono::steady_clock;
  auto reported = Clock::now();
  while (!crew.finished()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    if (Clock::now() - reported < std::chrono::milliseconds(50)) continue;
    reported = Clock::now();
    if (options.progress && !options.progress(share.done(), patients)) throw Interrupted{};
  }
  crew.rethrow();
  if (options.progress && !options.progress(patients, patients)) throw Interrupted{};
}

}  // namespace

void simulate(const Plan& plan, Results& results, const RunOptions& options) {
  const Method& method = method_of(plan);
  if (method.lanes) {
    const LaneSetup setup(plan, method.implicit ? Derivatives::yes : Derivatives::no, *options.kernels);
    Share share(plan, results, block_of(plan, results, options));
    run_crew(share, options, [&] { LaneWorker(setup, share).work(); });
  } else {
    // Few at a time, so that one slow patient holds no others.
    Share share(plan, results, std::min<std::size_t>(block_of(plan, results, options), 16));
    run_crew(share, options, [&] { SingleWorker(share).work(); });
  }
}

}  // namespace nadir

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>

#include "sim/cli/commands.hpp"
#include "sim/cli/progress.hpp"
#include "sim/ensemble/run.hpp"
#include "sim/ensemble/summary.hpp"
#include "sim/store/write.hpp"

namespace nadir::cli {

namespace {

volatile std::sig_atomic_t stop_requested = 0;

extern "C" void request_stop(int) { stop_requested = 1; }

constexpr int interrupted = 130;

}  // namespace

int run(const RunArguments& arguments) {
  const Plan plan = nadir::check(read_scenario(arguments.scenario, arguments.overrides));
  const std::filesystem::path output =
      arguments.output.empty() ? std::filesystem::path(arguments.scenario).stem().string() + ".h5" : arguments.output;
  const WriteOptions write_options{.overwrite = arguments.overwrite};
  check_writable(output, write_options);

  std::signal(SIGINT, request_stop);
  std::signal(SIGTERM, request_stop);
  Progress bar(!arguments.quiet && ::isatty(STDERR_FILENO) != 0);
  const auto start = std::chrono::steady_clock::now();
  try {
    const Dataset dataset =
        nadir::run(plan, {.threads = arguments.threads, .progress = [&](std::size_t done, std::size_t total) {
                            bar.show(done, total);
                            return stop_requested == 0;
                          }});
    bar.clear();
    if (stop_requested != 0) throw Interrupted{};
    write(dataset, output, write_options);
    if (arguments.quiet) return 0;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    fmt::print("{}\n{} written in {:.1f} s\n", summary(plan, dataset), output.string(), took.count());
    return 0;
  } catch (const Interrupted&) {
    bar.clear();
    std::fputs("stopped; nothing was written\n", stderr);
    return interrupted;
  }
}

}  // namespace nadir::cli

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>

#include "sim/base/error.hpp"
#include "sim/cli/commands.hpp"
#include "sim/cli/progress.hpp"
#include "sim/ensemble/run_file.hpp"
#include "sim/ensemble/shard.hpp"
#include "sim/ensemble/summary.hpp"
#include "sim/store/layout.hpp"

namespace nadir::cli {

namespace {

volatile std::sig_atomic_t stop_requested = 0;

extern "C" void request_stop(int) { stop_requested = 1; }

constexpr int interrupted = 130;

/// "3/17"
ShardPlace shard_place(const std::string& text) {
  ShardPlace place;
  const char* const end = text.data() + text.size();
  const auto number = std::from_chars(text.data(), end, place.number);
  const bool slash = number.ec == std::errc{} && number.ptr != end && *number.ptr == '/';
  const auto count = slash ? std::from_chars(number.ptr + 1, end, place.count) : number;
  if (!slash || count.ec != std::errc{} || count.ptr != end)
    raise({}, "--shard " + text + " is not a shard", "write k/N, such as --shard 3/17");
  constexpr std::size_t most = 99999;  // five digits in the name of the file
  if (place.count < 1 || place.count > most)
    raise({}, fmt::format("--shard {}: {} shards are impossible", text, place.count),
          fmt::format("take 1 to {}", most));
  if (place.number < 1 || place.number > place.count)
    raise({}, fmt::format("--shard {}: there is no such shard", text),
          fmt::format("the shards are 1/{0} to {0}/{0}", place.count));
  return place;
}

/// What the run calls while it works: the bar, and whether the user has asked to stop.
class Watch {
 public:
  explicit Watch(const RunArguments& arguments)
      : threads_(arguments.threads), bar_(!arguments.quiet && ::isatty(STDERR_FILENO) != 0) {
    std::signal(SIGINT, request_stop);
    std::signal(SIGTERM, request_stop);
  }
  RunOptions options() {
    return {.threads = threads_, .progress = [this](std::size_t done, std::size_t total) {
              bar_.show(done, total);
              return stop_requested == 0;
            }};
  }
  void clear() { bar_.clear(); }
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  unsigned threads_;
  Progress bar_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

int run_one_shard(const RunArguments& arguments, const Plan& plan, const ShardPlace& place) {
  Watch watch(arguments);
  try {
    const ShardResult result = run_shard(plan, place, arguments.folder, watch.options());
    watch.clear();
    if (arguments.quiet) return 0;
    const std::string path = result.path.string();
    fmt::print("{}", result.kept ? fmt::format("{} is there already and fits the scenario: kept\n", path)
                                 : fmt::format("{} written in {:.1f} s\n", path, watch.seconds()));
    return 0;
  } catch (const Interrupted&) {
    watch.clear();
    std::fputs("stopped; nothing was written\n", stderr);
    return interrupted;
  }
}

int run_whole(const RunArguments& arguments, const Plan& plan) {
  const std::filesystem::path output =
      arguments.output.empty() ? std::filesystem::path(arguments.scenario).stem().string() + ".h5" : arguments.output;
  const FileOptions file_options{.overwrite = arguments.overwrite,
                                 .unfinished = arguments.resume      ? Unfinished::resume
                                               : arguments.overwrite ? Unfinished::discard
                                                                     : Unfinished::refuse};
  Watch watch(arguments);
  try {
    const std::string hash = run_file(plan, output, file_options, watch.options());
    watch.clear();
    if (arguments.quiet) return 0;
    fmt::print("{}\n{} written in {:.1f} s\nresult hash {}\n", summary(plan, source_of(InputFile(output, file_type))),
               output.string(), watch.seconds(), hash);
    return 0;
  } catch (const Stopped& stopped) {
    watch.clear();
    if (stopped.finished == 0)
      std::fputs("stopped; nothing was written\n", stderr);
    else
      fmt::print(stderr,
                 "stopped; nothing was written as '{}', but {} of {} patients are finished: continue with --resume\n",
                 output.string(), stopped.finished, plan.patients);
    return interrupted;
  }
}

}  // namespace

int run(const RunArguments& arguments) {
  if (arguments.shard.empty() != arguments.folder.empty())
    raise({}, "--shard and --out belong together", "write --shard 3/17 --out FOLDER, or -o FILE for one file");
  const ShardPlace place = arguments.shard.empty() ? ShardPlace{} : shard_place(arguments.shard);
  const Plan plan = nadir::check(read_scenario(arguments.scenario, arguments.overrides));
  return arguments.shard.empty() ? run_whole(arguments, plan) : run_one_shard(arguments, plan, place);
}

}  // namespace nadir::cli

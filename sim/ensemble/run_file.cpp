#include "sim/ensemble/run_file.hpp"

#include "sim/ensemble/identity.hpp"
#include "sim/ensemble/production.hpp"
#include "sim/store/layout.hpp"
#include "sim/store/result_hash.hpp"
#include "sim/store/write.hpp"

namespace nadir {

std::string run_file(const Plan& plan, const std::filesystem::path& path, const FileOptions& file_options,
                     const RunOptions& options) {
  const RunIdentity identity = identity_of(plan);
  if (file_options.unfinished == Unfinished::resume && WorkFolder::tidy_up(path, identity))
    return result_hash(InputFile(path, file_type));
  check_writable(path, {.overwrite = file_options.overwrite});
  WorkFolder work(path, identity, file_options.unfinished);
  Production production(plan, {0, plan.patients}, path);
  work.data().reserve(production.file_bytes());
  production.take_over(work.data(), work.journal());
  try {
    production.fill(work.data(), options,
                    [&](auto ranges, auto tallies) { work.journal().checkpoint(ranges, tallies); });
  } catch (const Interrupted&) {
    throw Stopped{work.journal().patients()};
  }
  const std::string hash = production.finish(work.data());
  work.publish(file_options.overwrite);
  return hash;
}

}  // namespace nadir

#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "sim/store/read.hpp"
#include "sim/store/write.hpp"
#include "tests/unit/store/sample.hpp"

namespace nadir::store_test {

namespace {

enum Outcome { written, refused, lost, impossible };

/// Noise, which does not compress: 400 KB of counts, and a metric that is the last to be written.
Dataset noise() {
  Dataset dataset;
  unsigned state = 1;
  const auto next = [&] { return static_cast<double>(state = state * 1664525U + 1013904223U); };
  std::vector<std::int64_t> patients(1000);
  std::vector<double> times(100), nadirs(1000);
  std::vector<float> counts(100'000);
  for (double& x : nadirs) x = next();
  for (float& x : counts) x = static_cast<float>(next());
  dataset.dimensions = {{"patient", 1000}, {"time", 100}};
  dataset.variables = {{"patient", {"patient"}, patients, {}},
                       {"time", {"time"}, times, {}},
                       {"anc", {"patient", "time"}, counts, {}},
                       {"anc.nadir", {"patient"}, nadirs, {}}};
  dataset.attributes = sample().attributes;
  return dataset;
}

/// In a process of its own, with a disk of its own that has `kilobytes`. It ends by exit(), as the program does: HDF5
/// has its own ideas about what to do there.
Outcome write_to_disk_of(int kilobytes, const std::filesystem::path& disk) {
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string size = "size=" + std::to_string(kilobytes) + "k";
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("none", disk.c_str(), "tmpfs", 0, size.c_str()) != 0)
      ::_exit(impossible);
    const std::string said = complaint([&] { write(noise(), disk / "a.h5"); });
    if (!said.empty())
      std::exit(said.find("No space left on device") != std::string::npos && std::filesystem::is_empty(disk) ? refused
                                                                                                             : lost);
    const Dataset again = read(disk / "a.h5");
    std::exit(again.variables.back().values == noise().variables.back().values ? written : lost);
  }
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFEXITED(status)) return lost;
  return static_cast<Outcome>(WEXITSTATUS(status));
}

class FullDisk : public InFolder {};

TEST_F(FullDisk, NeverLosesDataInSilence) {
  if (write_to_disk_of(4096, folder_) == impossible)
    GTEST_SKIP() << "THE FULL DISK WAS NOT TESTED: making a small disk needs the superuser";
  int refusals = 0;
  for (int kilobytes = 4; kilobytes <= 520; kilobytes += 4) {
    const Outcome outcome = write_to_disk_of(kilobytes, folder_);
    EXPECT_TRUE(outcome == written || outcome == refused) << kilobytes << " kB";
    refusals += outcome == refused;
  }
  EXPECT_GT(refusals, 50);
  EXPECT_EQ(write_to_disk_of(4096, folder_), written);
}

}  // namespace

}  // namespace nadir::store_test

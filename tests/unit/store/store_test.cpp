#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <fstream>
#include <numeric>

#include "sim/store/layout.hpp"
#include "sim/store/store_error.hpp"
#include "sim/store/write.hpp"
#include "tests/support/scenarios.hpp"

namespace nadir {
namespace {

using test::Folder;

Dataset some_data(std::size_t rows = 100) {
  Dataset data;
  data.dimensions = {{"patient", rows}, {"time", 3}, {"dose", 2}};
  std::vector<std::int64_t> index(rows);
  std::iota(index.begin(), index.end(), 0);
  data.variables.push_back(make_variable("patient", {}, index));
  data.variables.push_back(make_variable("time", {}, std::vector<double>{0, 1, 2}));
  data.variables.push_back(make_variable("<count>.<metric>", {{"<count>", "anc"}, {"<metric>", "nadir"}},
                                         std::vector<double>(rows, 0.25), "10^9 cells/L"));
  data.variables.push_back(make_variable("dose.drug", {}, std::vector<std::string>{"docetaxel", "Ωmega"}));
  data.attributes = {
      {"filetype", std::string("nadir-ensemble")}, {"seed", std::int64_t{7}}, {"scenario", std::string(200000, 'x')}};
  return data;
}

std::string read_all(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::size_t files_in(const std::filesystem::path& folder) {
  return std::distance(std::filesystem::directory_iterator(folder), {});
}

TEST(ResultFile, IsTheSameBytesForTheSameData) {
  const Folder folder;
  write(some_data(), folder / "a.h5");
  write(some_data(), folder / "b.h5");
  EXPECT_EQ(read_all(folder / "a.h5"), read_all(folder / "b.h5"));
  EXPECT_EQ(files_in(folder.path()), 2u);
}

TEST(ResultFile, IsNotReplacedUnlessAsked) {
  const Folder folder;
  std::ofstream(folder / "a.h5") << "precious";
  EXPECT_THROW(write(some_data(), folder / "a.h5"), StoreError);
  EXPECT_EQ(read_all(folder / "a.h5"), "precious");
  write(some_data(), folder / "a.h5", {.overwrite = true});
  EXPECT_NE(read_all(folder / "a.h5"), "precious");
}

std::string refusal(const std::filesystem::path& path) {
  try {
    check_writable(path, {});
  } catch (const StoreError& error) {
    return error.what();
  }
  return "";
}

TEST(ResultFile, IsRefusedBeforeTheRunWhereItCannotBeWritten) {
  const Folder folder;
  std::ofstream(folder / "file") << "x";
  EXPECT_NE(refusal(folder / "missing/a.h5").find("mkdir -p"), std::string::npos);
  EXPECT_NE(refusal(folder / "file/a.h5").find("not a folder"), std::string::npos);
  EXPECT_NE(refusal("/proc/a.h5").find("cannot write in '/proc'"), std::string::npos);
  EXPECT_NE(refusal(folder.path()).find("this is a folder"), std::string::npos);
  EXPECT_EQ(refusal(folder / "fine.h5"), "");
  EXPECT_EQ(files_in(folder.path()), 1u);
}

TEST(ResultFile, OnAFullDiskLeavesNothingBehind) {
  const Folder folder;
  for (const rlim_t limit : {100, 5000, 60000, 400000}) {
    const pid_t child = ::fork();
    if (child == 0) {  // no file of this process may grow beyond the limit, as if the disk were full
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit size{limit, limit};
      ::setrlimit(RLIMIT_FSIZE, &size);
      Dataset data = some_data(100000);
      auto& counts = std::get<std::vector<double>>(data.variables[2].values);
      for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = std::sin(static_cast<double>(i * i));
      try {
        write(data, folder / "a.h5");
      } catch (const StoreError& error) {
        ::_exit(std::string(error.what()).find("a.h5") != std::string::npos ? 2 : 3);
      }
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFEXITED(status)) << limit;
    EXPECT_EQ(WEXITSTATUS(status), 2) << limit;
    EXPECT_EQ(files_in(folder.path()), 0u) << limit;
  }
}

TEST(ResultFile, MustFitItsDimensions) {
  Dataset wrong = some_data();
  std::get<std::vector<double>>(wrong.variables[2].values).pop_back();
  const Folder folder;
  EXPECT_THROW(write(wrong, folder / "a.h5"), StoreError);
  EXPECT_EQ(files_in(folder.path()), 0u);
}

TEST(Layout, KnowsEveryDatasetThatIsMade) {
  EXPECT_THROW(make_variable("unheard of", {}, std::vector<double>{}), std::logic_error);
  EXPECT_THROW(make_variable("patient", {}, std::vector<double>{}), std::logic_error);
}

}  // namespace
}  // namespace nadir

#include "sim/store/read.hpp"

#include <cstring>

#include "sim/store/result_hash.hpp"
#include "sim/store/write.hpp"
#include "tests/unit/store/sample.hpp"

namespace nadir::store_test {

namespace {

class ReadFile : public InFolder {
 protected:
  std::string complaint_of_reading() const {
    return complaint([&] { read(path()); });
  }
  std::filesystem::path path() const { return folder_ / "a.h5"; }
};

/// Equal bit by bit, so that "not a number" equals itself and -0 is not 0.
bool same(const Values& a, const Values& b) {
  if (a.index() != b.index()) return false;
  return std::visit(
      [&](const auto& left) {
        const auto& right = std::get<std::decay_t<decltype(left)>>(b);
        if constexpr (std::is_same_v<std::decay_t<decltype(left)>, std::vector<std::string>>)
          return left == right;
        else
          return left.size() == right.size() &&
                 (left.empty() || std::memcmp(left.data(), right.data(), left.size() * sizeof left[0]) == 0);
      },
      a);
}

void expect_same(const Dataset& got, const Dataset& expected) {
  ASSERT_EQ(got.dimensions.size(), expected.dimensions.size());
  for (std::size_t i = 0; i < got.dimensions.size(); ++i) {
    EXPECT_EQ(got.dimensions[i].name, expected.dimensions[i].name);
    EXPECT_EQ(got.dimensions[i].size, expected.dimensions[i].size);
  }
  ASSERT_EQ(got.variables.size(), expected.variables.size());
  for (std::size_t i = 0; i < got.variables.size(); ++i) {
    const std::string& name = expected.variables[i].name;
    EXPECT_EQ(got.variables[i].name, name);
    EXPECT_EQ(got.variables[i].dimensions, expected.variables[i].dimensions) << name;
    EXPECT_TRUE(same(got.variables[i].values, expected.variables[i].values)) << name;
    EXPECT_EQ(got.variables[i].attributes, expected.variables[i].attributes) << name;
  }
  EXPECT_EQ(got.attributes, expected.attributes);
}

TEST_F(ReadFile, GivesBackEveryTypeAsItWasWritten) {
  write(sample(), path());
  expect_same(read(path()), sample());
}

TEST_F(ReadFile, GivesBackAScenarioLongerThanAnObjectHeader) {
  Dataset dataset = sample();
  set(dataset, "scenario", std::string(200'000, 'x'));
  dataset.variables[2].attributes.emplace_back("note", std::string(100'000, 'y'));
  write(dataset, path());
  expect_same(read(path()), dataset);
}

TEST_F(ReadFile, MayBeWrittenAgainWithTheSameBytes) {
  write(sample(), path());
  write(read(path()), folder_ / "b.h5");
  EXPECT_EQ(bytes_of(path()), bytes_of(folder_ / "b.h5"));
}

TEST_F(ReadFile, MustExist) {
  const std::string said = complaint_of_reading();
  EXPECT_NE(said.find("there is no such file"), std::string::npos) << said;
}

TEST_F(ReadFile, MustBeHdf5) {
  std::ofstream(path()) << "patient,anc\n0,1.5\n";
  const std::string said = complaint_of_reading();
  EXPECT_NE(said.find("not an HDF5 file"), std::string::npos) << said;
  EXPECT_NE(said.find("help: "), std::string::npos) << said;
}

TEST_F(ReadFile, MustNotBeEmpty) {
  std::ofstream stream(path());
  stream.close();
  EXPECT_NE(complaint_of_reading().find("not an HDF5 file"), std::string::npos);
}

TEST_F(ReadFile, MustBeWhole) {
  write(sample(), path());
  for (const std::uintmax_t lost : {std::uintmax_t{1}, std::filesystem::file_size(path()) / 2}) {
    std::filesystem::resize_file(path(), std::filesystem::file_size(path()) - lost);
    const std::string said = complaint_of_reading();
    EXPECT_NE(said.find("the file is truncated"), std::string::npos) << said;
    EXPECT_NE(said.find("copy it again"), std::string::npos) << said;
  }
}

TEST_F(ReadFile, MustNotHaveAFlippedBit) {
  Dataset dataset = sample();
  dataset.attributes.emplace_back(result_hash_name, result_hash(dataset));
  write(dataset, path());
  expect_same(read(path()), dataset);
  std::string bytes = bytes_of(path());
  // The counts stand in the file as they are: find eight of them, and damage one.
  std::string run;
  for (std::size_t i = 0; i < 8; ++i) {
    const float value = static_cast<float>(i + 40) / 16.0F;
    run.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  const std::size_t at = bytes.find(run);
  ASSERT_NE(at, std::string::npos);
  bytes[at] = static_cast<char>(bytes[at] ^ 1);
  std::ofstream(path(), std::ios::binary) << bytes;
  EXPECT_NE(complaint_of_reading().find("do not fit its result_hash"), std::string::npos);
}

TEST_F(ReadFile, MustBeOfNadir) {
  Dataset foreign = sample();
  set(foreign, "filetype", std::string("statepoint"));
  write(foreign, path());
  EXPECT_NE(complaint_of_reading().find("not a result of nadir"), std::string::npos);
  foreign.attributes.clear();
  write(foreign, path(), {.overwrite = true});
  EXPECT_NE(complaint_of_reading().find("not a result of nadir"), std::string::npos);
}

TEST_F(ReadFile, MustBeOfTheSameMajorFormat) {
  Dataset later = sample();
  set(later, "format_version", std::string("2.0"));
  set(later, "nadir_version", std::string("7.1.0"));
  write(later, path());
  const std::string said = complaint_of_reading();
  EXPECT_NE(said.find("version is 2.0"), std::string::npos) << said;
  EXPECT_NE(said.find("nadir 7.1.0"), std::string::npos) << said;
}

TEST_F(ReadFile, MayBeOfALaterMinorFormat) {
  Dataset later = sample();
  set(later, "format_version", std::string("1.9"));
  write(later, path());
  EXPECT_EQ(complaint_of_reading(), "");
}

}  // namespace

}  // namespace nadir::store_test

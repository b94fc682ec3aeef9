#pragma once
/// A small result with every type of value and attribute, and a folder of its own for each test.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>

#include "sim/store/dataset.hpp"
#include "sim/store/layout.hpp"
#include "sim/store/store_error.hpp"

namespace nadir::store_test {

inline Dataset sample() {
  const double nothing = std::numeric_limits<double>::quiet_NaN();
  std::vector<float> counts(3 * 400);
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = static_cast<float>(i % 97) / 16.0F;
  std::vector<double> times(400);
  for (std::size_t i = 0; i < times.size(); ++i) times[i] = static_cast<double>(i) / 4.0;
  Dataset dataset;
  dataset.dimensions = {{"patient", 3}, {"time", 400}, {"dose", 2}, {"none", 0}};
  dataset.variables = {
      {"patient",
       {"patient"},
       std::vector<std::int64_t>{0, 1, 2},
       {{"long_name", std::string("index of the patient")}}},
      {"time", {"time"}, times, {{"units", std::string("d")}, {"long_name", std::string("time since the start")}}},
      {"anc", {"patient", "time"}, counts, {{"units", std::string("10^9 cells/L")}}},
      {"anc.nadir",
       {"patient"},
       std::vector<double>{0.25, nothing, -0.0},
       {{"typical", 0.7}, {"loinc", std::string("751-8")}}},
      {"anc.grade",
       {"patient"},
       std::vector<std::int8_t>{4, -1, 0},
       {{"flag_values", std::vector<std::int8_t>{0, 1, 2, 3, 4}},
        {"flag_meanings", std::string("grade_0 grade_1 grade_2 grade_3 grade_4")}}},
      {"steps", {"patient"}, std::vector<std::int32_t>{7, 1 << 30, -1}, {}},
      {"dose.drug", {"dose"}, std::vector<std::string>{"docetaxel", "Größe µ"}, {}},
      {"unused", {"none"}, std::vector<double>{}, {}},
  };
  dataset.attributes = {{"filetype", std::string(file_type)},
                        {"format_version", std::string(format_version)},
                        {"nadir_version", std::string("0.1.0")},
                        {"seed", std::int64_t{1} << 60},
                        {"scenario", std::string("title = \"Größe\"\n")}};
  return dataset;
}

/// Sets an attribute of the whole file.
inline void set(Dataset& dataset, const std::string& name, const Attribute& value) {
  for (auto& [key, old] : dataset.attributes)
    if (key == name) old = value;
}

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// What `action` says when it fails; empty when it does not.
template <typename Action>
std::string complaint(const Action& action) {
  try {
    action();
  } catch (const StoreError& error) {
    return error.what();
  }
  return "";
}

/// A folder that is there for one test.
class InFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "nadir-store-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_))
      names.push_back(entry.path().filename().string());
    return names;
  }

  std::filesystem::path folder_;
};

}  // namespace nadir::store_test

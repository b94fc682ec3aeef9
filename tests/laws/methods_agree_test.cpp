// Every preset gives the same counts by every method.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/scenario/methods.hpp"
#include "tests/support/scenarios.hpp"

namespace nadir {
namespace {

using namespace test;

std::vector<std::string> presets() {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(NADIR_SOURCE_DIR "/configs"))
    if (file.path().extension() == ".toml") names.push_back(file.path().stem());
  std::sort(names.begin(), names.end());
  return names;
}

class EveryPreset : public testing::TestWithParam<std::string> {
 protected:
  Plan plan(std::string_view method) const {
    return check(read_scenario(NADIR_SOURCE_DIR "/configs/" + GetParam() + ".toml",
                               {.settings = {"solver.method=" + std::string(method)}, .patients = 5}));
  }
};

/// Each method errs by at most ten times its tolerance of 1e-7, so two differ by at most twenty times that. Within the
/// long steps of Boost.Odeint's Bulirsch-Stoer method the dense output is less exact than their ends.
double allowed(const Method& method) { return method.name == "odeint_bulirsch_stoer" ? 1e-4 : 2e-6; }

TEST_P(EveryPreset, GivesTheSameCountsByEveryMethod) {
  const Plan reference = plan("taylor");
  const Dataset expected = run(reference);
  for (const Method& method : methods) {
    const Dataset got = run(plan(method.name));
    EXPECT_EQ(values<std::int8_t>(got, "status"), values<std::int8_t>(expected, "status")) << method.name;
    for (const MarrowSlot& marrow : reference.assembly.marrows) {
      const std::string count(marrow.model->signal.name);
      const auto &a = values<float>(expected, count), &b = values<float>(got, count);
      ASSERT_EQ(a.size(), b.size());
      double worst = 0.0;
      for (std::size_t i = 0; i < a.size(); ++i)
        worst = std::max(worst, std::fabs(static_cast<double>(a[i]) - b[i]) / a[i]);
      EXPECT_LE(worst, allowed(method)) << method.name << " " << count;
      const auto &lows = values<double>(expected, count + ".nadir"), &other = values<double>(got, count + ".nadir");
      for (std::size_t i = 0; i < lows.size(); ++i)
        EXPECT_NEAR(other[i], lows[i], allowed(method) * lows[i]) << method.name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Configs, EveryPreset, testing::ValuesIn(presets()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace nadir

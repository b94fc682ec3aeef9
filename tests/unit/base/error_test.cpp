#include "sim/base/error.hpp"

#include <gtest/gtest.h>

#include "sim/base/nearest.hpp"

namespace nadir {
namespace {

TEST(Error, ShowsPlaceLineCaretAndHint) {
  const Problem problem{{"a.toml", 5, 3, 4, "  mttt = 90"}, "no parameter 'mttt'", "did you mean 'mtt'?"};
  EXPECT_EQ(print(problem),
            "a.toml:5:3: error: no parameter 'mttt'\n"
            "    5 |   mttt = 90\n"
            "      |   ^^^^\n"
            "      = help: did you mean 'mtt'?\n");
}

TEST(Error, WithoutAPlaceNamesTheFile) { EXPECT_EQ(print({{"a.toml"}, "empty", ""}), "a.toml: error: empty\n"); }

TEST(Error, ListsAllProblemsInTheOrderOfTheFile) {
  Problems problems;
  problems.add({"a", 9, 1, 1, "x"}, "second");
  problems.add({"a", 2, 1, 1, "y"}, "first");
  try {
    problems.raise();
    FAIL();
  } catch (const ScenarioError& error) {
    ASSERT_EQ(error.problems().size(), 2u);
    EXPECT_EQ(error.problems()[0].message, "first");
  }
}

TEST(Error, PrintsAtMostFiftyOfManyProblems) {
  Problems problems;
  for (int i = 0; i < 1000; ++i) problems.add({"a"}, "wrong");
  try {
    problems.raise();
    FAIL();
  } catch (const ScenarioError& error) {
    EXPECT_NE(std::string(error.what()).find("… and 950 more errors"), std::string::npos);
  }
}

TEST(Nearest, FindsTheMisspeltWord) {
  const std::vector<std::string> words{"mtt", "circ0", "gamma"};
  EXPECT_EQ(nearest("mttt", words), "mtt");
  EXPECT_EQ(nearest("gama", words), "gamma");
  EXPECT_EQ(nearest("temperature", words), "");
  EXPECT_EQ(did_you_mean("temperature", words), "one of: mtt, circ0, gamma");
}

}  // namespace
}  // namespace nadir

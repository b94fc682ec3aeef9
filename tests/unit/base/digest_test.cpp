#include "sim/base/digest.hpp"

#include <gtest/gtest.h>

namespace nadir {
namespace {

std::string digest_of(std::string_view text) {
  Digest digest;
  digest.add(std::as_bytes(std::span(text)));
  return digest.hex();
}

// printf "" | xxhsum -H2
TEST(Digest, IsTheOneOfTheReferenceProgram) { EXPECT_EQ(digest_of(""), "99aa06d3014798d86001c324468d497f"); }

TEST(Digest, DoesNotDependOnPortionsButOnTheBordersOfTexts) {
  Digest parts;
  for (const char c : std::string("white cells")) parts.add(std::as_bytes(std::span(&c, 1)));
  EXPECT_EQ(parts.hex(), digest_of("white cells"));
  Digest one, other;
  one.add(std::string_view("ab"));
  one.add(std::string_view("c"));
  other.add(std::string_view("a"));
  other.add(std::string_view("bc"));
  EXPECT_NE(one.hex(), other.hex());
}

}  // namespace
}  // namespace nadir

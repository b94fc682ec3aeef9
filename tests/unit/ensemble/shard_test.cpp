#include "sim/ensemble/shard.hpp"

#include <gtest/gtest.h>

#include "sim/ensemble/production.hpp"

namespace nadir {
namespace {

TEST(Shards, HoldEveryPatientOnceAndDifferByOneAtMost) {
  for (const std::size_t patients : {0u, 1u, 16u, 17u, 100u, 1000003u}) {
    for (const std::size_t count : {1u, 2u, 5u, 17u, 99u}) {
      std::size_t next = 0;
      for (std::size_t k = 1; k <= count; ++k) {
        const Portion portion = portion_of(patients, {k, count});
        EXPECT_EQ(portion.first, next);
        EXPECT_TRUE(portion.patients == patients / count || portion.patients == patients / count + 1);
        next = portion.end();
      }
      EXPECT_EQ(next, patients);
    }
  }
}

TEST(Ranges, TakeAboutEightMegabytesInLotsOf1024Patients) {
  EXPECT_EQ(range_size(800.0) % 1024, 0u);
  EXPECT_NEAR(static_cast<double>(range_size(800.0)) * 800.0, 8 << 20, 1024 * 800.0);
  EXPECT_EQ(range_size(20000.0), 1024u);
  EXPECT_LE(static_cast<double>(range_size(1e6)) * 1e6, 64 << 20);
  EXPECT_EQ(range_size(1e12), 1u);
}

}  // namespace
}  // namespace nadir

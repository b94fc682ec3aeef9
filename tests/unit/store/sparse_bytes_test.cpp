#include "sim/store/sparse_bytes.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace nadir::store_test {

namespace {

std::vector<std::byte> filled(std::size_t size, int value) { return std::vector(size, std::byte(value)); }

TEST(SparseBytes, AreWhatAWholeFileWouldHoldWhateverTheOrderOfWriting) {
  SparseBytes sparse;
  std::vector<std::byte> whole(1000);
  unsigned state = 1;
  const auto next = [&](unsigned below) { return (state = state * 1664525U + 1013904223U) / 65536U % below; };
  for (int i = 0; i < 2000; ++i) {
    const std::size_t at = next(950), size = next(50);
    const auto bytes = filled(size, static_cast<int>(next(4)));  // one in four is blank
    sparse.write(at, bytes);
    std::copy(bytes.begin(), bytes.end(), whole.begin() + static_cast<std::ptrdiff_t>(at));
    const std::size_t from = next(900), count = next(100);
    auto read = filled(count, 9);
    sparse.read(from, read);
    ASSERT_TRUE(std::equal(read.begin(), read.end(), whole.begin() + static_cast<std::ptrdiff_t>(from))) << i;
  }
  auto end = sparse.pieces().begin()->first;
  for (const auto& [at, bytes] : sparse.pieces()) {
    EXPECT_TRUE(at == end || at > end);
    end = at + bytes.size();
  }
}

TEST(SparseBytes, TakeNoRoomForZerosBetweenOthers) {
  SparseBytes sparse;
  sparse.write(0, filled(10, 1));
  sparse.write(10, filled(1 << 20, 0));
  sparse.write(1 << 30, filled(10, 2));
  std::size_t kept = 0;
  for (const auto& [at, bytes] : sparse.pieces()) kept += bytes.size();
  EXPECT_EQ(kept, 20u);
}

}  // namespace

}  // namespace nadir::store_test

#include "sim/store/write.hpp"

#include <unistd.h>

#include "tests/unit/store/sample.hpp"

namespace nadir::store_test {

namespace {

class WrittenFile : public InFolder {};

TEST_F(WrittenFile, HoldsNoTimeStamp) {
  write(sample(), folder_ / "a.h5");
  ::sleep(1);
  write(sample(), folder_ / "b.h5");
  EXPECT_EQ(bytes_of(folder_ / "a.h5"), bytes_of(folder_ / "b.h5"));
}

TEST_F(WrittenFile, LeavesTheHiddenFileOfAnotherRunAlone) {
  const auto hidden = folder_ / (".a.h5." + std::to_string(::getpid()) + ".tmp");
  std::ofstream(hidden) << "another run's";
  for (const std::string& said : {complaint([&] { check_writable(folder_ / "a.h5", {}); }),
                                  complaint([&] { write(sample(), folder_ / "a.h5"); })}) {
    EXPECT_NE(said.find("another run writes this file"), std::string::npos) << said;
    EXPECT_NE(said.find("rm " + hidden.string()), std::string::npos) << said;
  }
  EXPECT_EQ(bytes_of(hidden), "another run's");
}

TEST_F(WrittenFile, IsNotPutInPlaceOfABrokenLink) {
  std::filesystem::create_symlink("nowhere", folder_ / "a.h5");
  EXPECT_NE(complaint([&] { check_writable(folder_ / "a.h5", {}); }).find("exists already"), std::string::npos);
}

TEST_F(WrittenFile, MayHaveAListWithoutElementsAsAnAttribute) {
  Dataset dataset = sample();
  dataset.attributes.emplace_back("empty", std::vector<std::int8_t>{});
  EXPECT_EQ(complaint([&] { write(dataset, folder_ / "a.h5"); }), "");
}

}  // namespace

}  // namespace nadir::store_test

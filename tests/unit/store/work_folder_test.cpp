#include "sim/store/work_folder.hpp"

#include <gtest/gtest.h>

#include "sim/store/manifest.hpp"
#include "tests/unit/store/sample.hpp"

namespace nadir::store_test {

namespace {

const RunIdentity identity{"abc", "0.1.0", "1.0"};

class Work : public InFolder {
 protected:
  std::filesystem::path target() const { return folder_ / "a.h5"; }
  std::filesystem::path parts() const { return folder_ / "a.h5.parts"; }

  /// A run that has finished two ranges and then ended.
  void unfinished() const {
    WorkFolder work(target(), identity, Unfinished::refuse);
    work.data().resize(100);
    const std::vector<FinishedRange> ranges{{0, 7, "d0"}, {7, 5, "d1"}};
    const std::vector<std::int64_t> tallies{1, 2, 3};
    work.journal().checkpoint(ranges, tallies);
  }

  std::string complaint_of(const RunIdentity& other, Unfinished what) const {
    return complaint([&] { WorkFolder(target(), other, what); });
  }
};

TEST_F(Work, IsThereAgainAfterTheEndOfItsProcess) {
  unfinished();
  WorkFolder work(target(), identity, Unfinished::resume);
  const Journal& journal = work.journal();
  EXPECT_EQ(journal.patients(), 12u);
  ASSERT_EQ(journal.finished().size(), 2u);
  EXPECT_EQ(journal.finished()[1].digest, "d1");
  EXPECT_EQ(journal.tallies(), (std::vector<std::int64_t>{1, 2, 3}));
}

TEST_F(Work, IsRemovedWhereNothingWasFinished) {
  { const WorkFolder work(target(), identity, Unfinished::refuse); }
  EXPECT_TRUE(files().empty());
}

TEST_F(Work, IsRemovedWhenItHasBecomeTheResult) {
  unfinished();
  WorkFolder work(target(), identity, Unfinished::resume);
  work.publish(false);
  EXPECT_EQ(files(), std::vector<std::string>{"a.h5"});
}

TEST_F(Work, IsTidiedUpWhereItsFileHadItsNameWhenTheRunEnded) {
  for (const bool hidden_name_left : {true, false}) {
    unfinished();
    std::filesystem::create_hard_link(parts() / "data.h5", target());
    if (!hidden_name_left) std::filesystem::remove(parts() / "data.h5");
    EXPECT_NE(complaint([&] {
                WorkFolder::tidy_up(target(), {"abd", "0.1.0", "1.0"});
              }).find("another scenario"),
              std::string::npos);
    EXPECT_TRUE(WorkFolder::tidy_up(target(), identity));
    EXPECT_EQ(files(), std::vector<std::string>{"a.h5"});
    std::filesystem::remove(target());
  }
}

TEST_F(Work, BesideAnOlderResultIsNotTakenForFinished) {
  unfinished();
  EXPECT_FALSE(WorkFolder::tidy_up(target(), identity));
  std::ofstream(target()) << "older";
  EXPECT_FALSE(WorkFolder::tidy_up(target(), identity));
  EXPECT_TRUE(std::filesystem::exists(parts() / "journal"));
}

TEST_F(Work, IsNotTakenOverUnasked) {
  unfinished();
  EXPECT_NE(complaint_of(identity, Unfinished::refuse).find("was not finished"), std::string::npos);
  EXPECT_EQ(complaint_of(identity, Unfinished::discard), "");
  EXPECT_TRUE(files().empty());
}

TEST_F(Work, OfAnotherRunIsNotContinued) {
  unfinished();
  const auto refusal = [&](const RunIdentity& other) { return complaint_of(other, Unfinished::resume); };
  EXPECT_NE(refusal({"abd", "0.1.0", "1.0"}).find("another scenario"), std::string::npos);
  EXPECT_NE(refusal({"abc", "0.2.0", "1.0"}).find("nadir 0.1.0, this is 0.2.0"), std::string::npos);
  EXPECT_NE(refusal({"abc", "0.1.0", "1.1"}).find("another format"), std::string::npos);
  EXPECT_EQ(refusal(identity), "");
}

TEST_F(Work, IsOfOneWriterAtATime) {
  const WorkFolder work(target(), identity, Unfinished::refuse);
  for (const Unfinished what : {Unfinished::refuse, Unfinished::resume, Unfinished::discard})
    EXPECT_NE(complaint_of(identity, what).find("another run is writing"), std::string::npos);
}

TEST_F(Work, LosesOnlyTheLinesThatWereNotWhole) {
  unfinished();
  for (const std::string torn : {"range 12 4 d2\n", "range 12 4 d2\ntally abc", "ran"}) {
    std::ofstream(parts() / "journal", std::ios::app) << torn;
    WorkFolder work(target(), identity, Unfinished::resume);
    EXPECT_EQ(work.journal().patients(), 12u) << torn;
  }
}

TEST_F(Work, WithAGapIsDamaged) {
  unfinished();
  std::ofstream(parts() / "journal", std::ios::app) << "range 13 4 d2\ntally abc\n";
  EXPECT_NE(complaint_of(identity, Unfinished::resume).find("gap before patient 13"), std::string::npos);
}

class Manifest : public InFolder {};

TEST_F(Manifest, GivesBackItsLinesAndCountsAFileOnceAsLastListed) {
  const ShardRecord one{"shard-00001-of-00002.h5", 1, 2, 0, 50, 1234, "d1", identity};
  ShardRecord two{"shard-00002-of-00002.h5", 2, 2, 50, 49, 1200, "d2", identity};
  for (const ShardRecord& record : {one, two, one}) add_to_manifest(folder_, record);
  EXPECT_EQ(read_manifest(folder_), (std::vector{one, two}));
  two.digest = "d3";
  add_to_manifest(folder_, two);
  EXPECT_EQ(read_manifest(folder_), (std::vector{one, two}));
  EXPECT_EQ(files(), std::vector<std::string>{"manifest.jsonl"});
}

TEST_F(Manifest, OfAnEmptyFolderIsEmpty) { EXPECT_TRUE(read_manifest(folder_).empty()); }

}  // namespace

}  // namespace nadir::store_test

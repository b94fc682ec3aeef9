// However the work is divided, a patient gives the same bits: threads, shards, blocks, instruction sets, lanes.
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <set>
#include <span>

#include "sim/base/digest.hpp"
#include "sim/ensemble/merge.hpp"
#include "sim/ensemble/run_file.hpp"
#include "sim/ensemble/shard.hpp"
#include "sim/store/result_hash.hpp"
#include "tests/support/scenarios.hpp"

namespace nadir {
namespace {

using namespace test;

struct Question {
  std::string name;
  std::function<Plan(int patients)> plan;
  std::size_t patients;
};
void PrintTo(const Question& question, std::ostream* out) { *out << question.name; }

std::string head(int patients, const std::string& days) {
  return "format = 1\n[ensemble]\npatients = " + std::to_string(patients) +
         "\nseed = 42\ncohort = \"" NADIR_SOURCE_DIR "/configs/cohorts/oncology_adults.toml\"\n[time]\nend = \"" +
         days + " d\"\nsample = \"1 d\"\n[output]\nseries = 40\n";
}

const std::string docetaxel = treatment({"docetaxel", "\"docetaxel_koolen2010\"", "\"netterberg2017_docetaxel\"",
                                         "100 mg/m^2", "duration = \"1 h\"\nevery = \"10 d\"\ncycles = 2\n"});

/// A count that follows a drug in closed form.
Plan closed_form(int patients, const std::string& solver) {
  return plan_of(head(patients, "20") + "[solver]\nmethod = \"" + solver +
                 "\"\n[[marrow]]\nmodel = \"netterberg2017\"\n" + docetaxel);
}

/// Binding that is far faster than the cells.
Plan stiff(int patients) {
  return plan_of(
      head(patients, "3") +
      "[solver]\nmethod = \"rodas5p\"\n[[marrow]]\nmodel = \"filgrastim_binding\"\nkel = { cv = \"30 %\" }\n" +
      treatment({"filgrastim", "\"filgrastim_binding\"", "", "300 ug", "days = [0, 1]\n"}));
}

/// Three subjects whose clearance and baseline change at their lines, with observations between; one starts with a
/// steady state, one is only observed.
Plan event_table(int patients) {
  const Folder folder;
  std::ofstream(folder / "events.csv") << "ID,TIME,EVID,AMT,RATE,ADDL,II,SS,DV,CL,CIRC0\n"
                                          "1,0,1,150,150,1,120,0,0,30,5\n1,48,0,0,0,0,0,0,3.1,25,5\n"
                                          "1,96,0,0,0,0,0,0,1.2,20,4\n1,240,0,0,0,0,0,0,2.0,35,6\n"
                                          "2,0,1,40,0,0,24,1,0,20,4\n2,70,0,0,0,0,0,0,2.2,28,4\n"
                                          "2,70,1,90,45,0,0,0,0,28,4\n2,200,0,0,0,0,0,0,1.9,22,3\n"
                                          "3,0,0,0,0,0,0,0,5.0,33,7\n3,150,0,0,0,0,0,0,4.8,33,7\n";
  return plan_of("format = 1\n[ensemble]\npatients = " + std::to_string(patients) +
                 "\nseed = 7\n[time]\nend = \"14 d\"\nsample = \"1 d\"\n[output]\nseries = 40\n"
                 "[[marrow]]\nmodel = \"friberg2002\"\nset = \"docetaxel\"\n"
                 "[[treatment]]\ndrug = \"docetaxel\"\nkinetics = \"docetaxel_koolen2010\"\n"
                 "effect = { model = \"friberg2002_linear\", set = \"docetaxel\" }\n[events]\nfile = \"" +
                 (folder / "events.csv").string() +
                 "\"\nobserve = \"anc\"\n[events.columns]\nCL = \"docetaxel.cl\"\nCIRC0 = \"friberg2002.circ0\"\n");
}

/// One digest a patient, of every number that a result holds of them.
std::vector<std::string> people_of(const Results& results) {
  const auto numbers = [](const auto* first, std::size_t count) { return std::as_bytes(std::span(first, count)); };
  const std::size_t parameters = results.parameters.size() / results.patients;
  std::vector<std::string> all;
  for (std::size_t i = 0; i < results.patients; ++i) {
    Digest digest;
    digest.add(numbers(&results.status[i], 1));
    digest.add(numbers(&results.steps[i], 1));
    for (const auto& series : results.series)
      if (i < results.stored) digest.add(numbers(series.begin() + i * results.times, results.times));
    for (const auto& measures : results.measures)
      for (std::size_t w = 0; w <= results.cycles; ++w)
        for (const MeasureRow& row : measure_rows)
          digest.add(numbers(&(measures[i * (1 + results.cycles) + w].*row.member), 1));
    digest.add(numbers(results.parameters.begin() + i * parameters, parameters));
    digest.add(numbers(results.covariates.begin() + i * known_covariates.size(), known_covariates.size()));
    if (!results.predicted.empty()) digest.add(numbers(results.predicted[i].data(), results.predicted[i].size()));
    all.push_back(digest.hex());
  }
  return all;
}

/// All that a result is made of: every patient, and what is known of all of them together.
struct Whole {
  std::vector<std::string> people;
  std::vector<std::vector<std::int64_t>> tallies;
  bool operator==(const Whole&) const = default;
};

Whole simulate_in_shards(const Plan& plan, std::size_t shards, const RunOptions& options) {
  Whole whole;
  std::vector<Tally> tallies;
  for (std::size_t number = 1; number <= shards; ++number) {
    const Portion portion = portion_of(plan.patients, {number, shards});
    Results results(plan, portion.first, portion.patients);
    simulate(plan, results, options);
    for (const std::string& person : people_of(results)) whole.people.push_back(person);
    tallies.resize(results.tallies.size(), Tally(results.times));
    for (std::size_t s = 0; s < tallies.size(); ++s) tallies[s].add(results.tallies[s]);
  }
  for (const Tally& tally : tallies) whole.tallies.push_back(tally.pack());
  return whole;
}

const lanes::Kernels& slowest() { return *lanes::available_kernels().back(); }

class SameBytes : public testing::TestWithParam<Question> {
 protected:
  const Plan plan_ = GetParam().plan(static_cast<int>(GetParam().patients));
};

TEST_P(SameBytes, HoweverTheWorkIsDividedAndWhateverTheRegisters) {
  const Whole expected = simulate_in_shards(plan_, 1, {.threads = 1, .kernels = &slowest()});
  ASSERT_EQ(expected.people.size(), plan_.patients);
  for (const lanes::Kernels* kernels : lanes::available_kernels())
    for (const unsigned threads : {1u, 2u, 3u, 7u, 16u})
      for (const std::size_t shards : {1u, 2u, 5u, 17u})
        for (const std::size_t block : {1u, 7u, 64u, 256u, 1000u})
          EXPECT_TRUE(simulate_in_shards(plan_, shards, {.threads = threads, .kernels = kernels, .block = block}) ==
                      expected)
              << kernels->name << ", " << threads << " threads, " << shards << " shards, blocks of " << block;
}

TEST_P(SameBytes, WhateverLaneThePatientIsInAndWhoeverIsBeside) {
  const std::vector<std::string> people = simulate_in_shards(plan_, 1, {.threads = 1, .kernels = &slowest()}).people;
  for (const lanes::Kernels* kernels : lanes::available_kernels())
    for (const std::size_t first : {0u, 1u, 7u, 15u, 16u, 31u})
      for (const std::size_t count : {1u, 2u, 3u, 8u, 15u, 16u, 17u, 33u}) {
        Results some(plan_, first, std::min<std::size_t>(count, plan_.patients - first));
        simulate(plan_, some, {.threads = 1, .kernels = kernels});
        // Series beyond output.series are in no digest, so both sides leave out the same.
        const std::vector<std::string> alone = people_of(some);
        EXPECT_TRUE(std::equal(alone.begin(), alone.end(), people.begin() + static_cast<std::ptrdiff_t>(first)))
            << kernels->name << ", " << count << " patients from " << first;
      }
}

TEST_P(SameBytes, ShardsOfDifferentMachinesMergeToTheFileOfOne) {
  const Folder folder;
  const auto machines = lanes::available_kernels();
  const std::string expected = result_hash(run(plan_, {.threads = 1, .kernels = &slowest()}));
  EXPECT_EQ(run_file(plan_, folder / "whole.h5", {}, {.threads = 3}), expected);
  const std::size_t count = 5;
  const std::filesystem::path shards = folder / "shards";
  std::filesystem::create_directory(shards);
  for (std::size_t number = count; number > 0; --number)
    run_shard(plan_, {number, count}, shards, {.threads = 2, .kernels = machines[number % machines.size()]});
  EXPECT_EQ(merge(shards, folder / "merged.h5", false), expected);
}

INSTANTIATE_TEST_SUITE_P(Laws, SameBytes,
                         testing::Values(Question{"taylor", [](int n) { return closed_form(n, "taylor"); }, 270},
                                         Question{"rodas5p", stiff, 48}, Question{"event_table", event_table, 70},
                                         Question{"dormand_prince",
                                                  [](int n) { return closed_form(n, "dormand_prince"); }, 48}),
                         [](const auto& info) { return info.param.name; });

TEST(SameBytesOf, ThePatientsWhenAsManyAreAdded) {
  const auto people = [](int patients) {
    const Plan plan = plan_of(head(patients, "2") + "[[marrow]]\nmodel = \"netterberg2017\"\n" + docetaxel);
    return simulate_in_shards(plan, 1, {}).people;
  };
  const std::vector<std::string> few = people(10000), many = people(20000);
  ASSERT_EQ(many.size(), 20000u);
  EXPECT_TRUE(std::equal(few.begin(), few.end(), many.begin()));
  EXPECT_EQ(std::set<std::string>(many.begin(), many.end()).size(), many.size()) << "two patients are one";
}

TEST(SameBytesOf, TheDrawsOfAPersonWhateverTheTreatment) {
  const std::string person = head(60, "2");
  const std::string marrow = "[[marrow]]\nmodel = \"netterberg2017\"\n";
  const Dataset plain = run(plan_of(person + marrow)), treated = run(plan_of(person + marrow + docetaxel));
  std::size_t compared = 0;
  for (const Variable& variable : plain.variables) {
    if (!variable.name.starts_with("covariate.") && !variable.name.starts_with("netterberg2017.")) continue;
    EXPECT_EQ(variable.values, test::variable(treated, variable.name).values) << variable.name;
    ++compared;
  }
  EXPECT_GE(compared, 5u);
}

}  // namespace
}  // namespace nadir

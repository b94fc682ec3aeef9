// A step of a crew: what one lane gives depends neither on where it lies nor on the others.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

#include "sim/ensemble/lane_memory.hpp"
#include "tests/support/scenarios.hpp"

namespace nadir {
namespace {

using namespace test;
using lanes::Kernels;

/// Two counts that read a drug in closed form.
std::string scenario() {
  return "format = 1\n[ensemble]\npatients = 32\nseed = 9\n[time]\nend = \"20 d\"\n[covariates]\nbsa = 1.8\n"
         "[[marrow]]\nmodel = \"netterberg2017\"\n" +
         treatment({"docetaxel", "\"docetaxel_koolen2010\"", "\"netterberg2017_docetaxel\"", "100 mg/m^2", ""});
}

/// Which patient lies in each lane; −1: nobody.
using Seats = std::array<int, lanes::width>;

/// A crew of patients who have just had their first dose.
class Crew {
 public:
  Crew(const Kernels& kernels, const Plan& plan, Derivatives derivatives, const Seats& seats)
      : kernels_(kernels),
        program_(plan.assembly, derivatives),
        memory_(kernels, program_, plan.assembly, 1e-7, std::vector<double>(plan.assembly.states(), 1e-10)) {
    for (int lane = 0; lane < lanes::width; ++lane) {
      memory_.enter(lane);
      if (seats[static_cast<std::size_t>(lane)] < 0) continue;
      const Subject subject = make_subject(plan, static_cast<std::uint64_t>(seats[static_cast<std::size_t>(lane)]));
      Body body(plan.assembly, subject.parameters);
      body.apply(subject.timeline.events.front());
      memory_.put_states(lane, body.states());
      memory_.put_constants(lane, body.parameters(), body.inputs());
      memory_.put_drug(lane, 0, body.modes(0));
      memory_.crew().limit[lane] = 20.0;
    }
  }

  void step() {
    if (program_.implicit().slots > 0) {
      kernels_.rosenbrock_step(program_.code(), memory_.crew(), program_.implicit());
    } else {
      kernels_.taylor_step(program_.code(), memory_.crew());
    }
    kernels_.move_drugs(memory_.crew(), memory_.cut());
  }

  /// Time, states and the count's polynomial, as bits.
  std::vector<std::uint64_t> lane(int lane) const {
    std::vector<double> states(static_cast<std::size_t>(program_.code().states));
    memory_.get_states(lane, states);
    std::vector<std::uint64_t> all{std::bit_cast<std::uint64_t>(memory_.crew().time[lane])};
    for (const double x : states) all.push_back(std::bit_cast<std::uint64_t>(x));
    for (int k = 0; k <= memory_.crew().degree; ++k)
      all.push_back(std::bit_cast<std::uint64_t>(memory_.count(0)[k * lanes::width + lane]));
    return all;
  }

 private:
  const Kernels& kernels_;
  Program program_;
  LaneMemory memory_;
};

class Neighbours : public testing::TestWithParam<Derivatives> {
 protected:
  const Plan plan_ = plan_of(scenario());
};

/// Steps both crews together and expects of every patient that sits in both what the first crew gives.
void expect_the_same_patients(Crew& expected, const Seats& seats, Crew& got, const Seats& others) {
  for (int step = 0; step < 25; ++step) {
    expected.step();
    got.step();
    for (std::size_t lane = 0; lane < seats.size(); ++lane) {
      const auto* there = std::find(others.begin(), others.end(), seats[lane]);
      if (there == others.end()) continue;
      ASSERT_EQ(got.lane(static_cast<int>(there - others.begin())), expected.lane(static_cast<int>(lane)))
          << "patient " << seats[lane] << ", step " << step;
    }
  }
}

TEST_P(Neighbours, ChangeNoBitUnderAnyInstructionSet) {
  Seats seats;
  std::iota(seats.begin(), seats.end(), 0);
  Seats turned = seats, alone, mixed = seats;
  for (std::size_t i = 0; i < turned.size(); ++i) turned[i] = static_cast<int>((5 * i + 3) % turned.size());
  alone.fill(-1);
  alone[6] = 11;
  for (std::size_t i = 0; i < mixed.size(); i += 2) mixed[i] = static_cast<int>(16 + i);
  const Kernels& first = *lanes::available_kernels().back();
  for (const Kernels* kernels : lanes::available_kernels())
    for (const Seats& others : {seats, turned, alone, mixed}) {
      Crew expected(first, plan_, GetParam(), seats), got(*kernels, plan_, GetParam(), others);
      expect_the_same_patients(expected, seats, got, others);
    }
}

INSTANTIATE_TEST_SUITE_P(Of, Neighbours, testing::Values(Derivatives::no, Derivatives::yes),
                         [](const auto& info) { return info.param == Derivatives::yes ? "rodas5p" : "taylor"; });

}  // namespace
}  // namespace nadir

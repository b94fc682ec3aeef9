// The meaning of event tables, against closed forms: one compartment, CL 1.1 L/h, V 20 L, KA 1.5 1/h.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <functional>
#include <sstream>

#include "sim/timeline/expand.hpp"
#include "tests/support/scenarios.hpp"

namespace nadir {
namespace {

using namespace test;

constexpr double k = 1.1 / 20.0, ka = 1.5, volume = 20.0;  // per hour

/// Concentrations [mg/L] at the hours, after these lines (ID,TIME,AMT,RATE,EVID,CMT,ADDL,II,SS and LAG, F, R, D).
std::vector<double> concentrations(const std::string& lines, const std::vector<double>& hours) {
  const Folder folder;
  std::ofstream file(folder / "table.csv");
  file << "ID,TIME,AMT,RATE,EVID,CMT,ADDL,II,SS,LAG,F,R,D\n";
  std::vector<std::pair<double, std::string>> sorted;
  std::istringstream stream(lines);
  for (std::string line; std::getline(stream, line);) sorted.emplace_back(std::stod(line.substr(2)), line);
  for (const double hour : hours) sorted.emplace_back(hour, "1," + std::to_string(hour) + ",0,0,0,2,0,0,0,.,.,.,.");
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [hour, line] : sorted) file << line << "\n";
  file.close();
  const std::string text =
      "format = 1\n[time]\nend = \"30 d\"\n[[treatment]]\ndrug = \"drug\"\n"
      "kinetics = { model = \"one_compartment\", cl = \"1.1 L/h\", v = \"20 L\", ka = \"1.5 1/h\" }\n"
      "[events]\nfile = \"" +
      (folder / "table.csv").string() +
      "\"\nobserve = \"drug\"\n"
      "[events.columns]\nLAG = \"drug.lag\"\nF = \"drug.f\"\nR = \"drug.rate\"\nD = \"drug.duration\"\n";
  const Plan plan = plan_of(text);
  return simulate(plan, make_subject(plan, 0)).predicted;
}

double bolus(double amount, double t) { return t < 0.0 ? 0.0 : amount / volume * std::exp(-k * t); }

double oral(double amount, double t) {
  return t < 0.0 ? 0.0 : amount / volume * ka / (ka - k) * (std::exp(-k * t) - std::exp(-ka * t));
}

double infusion(double amount, double duration, double t) {
  const double rate = amount / duration;
  if (t < 0.0) return 0.0;
  if (t < duration) return rate / volume / k * (1.0 - std::exp(-k * t));
  return rate / volume / k * (1.0 - std::exp(-k * duration)) * std::exp(-k * (t - duration));
}

void expect_all(const std::vector<double>& got, const std::vector<double>& hours,
                const std::function<double(double)>& want) {
  ASSERT_EQ(got.size(), hours.size());
  for (std::size_t i = 0; i < hours.size(); ++i)
    EXPECT_NEAR(got[i], want(hours[i]), 1e-12 * (1.0 + want(hours[i]))) << "hour " << hours[i];
}

const std::vector<double> hours{1, 5, 13, 23, 30, 47, 60, 75, 100};

TEST(EventTable, OralDoseAndAdditionalDosesAddUp) {
  expect_all(concentrations("1,0,100,0,1,1,2,24,0,0,1,.,.\n", hours), hours,
             [](double t) { return oral(100, t) + oral(100, t - 24) + oral(100, t - 48); });
}

TEST(EventTable, InfusionLastsAmountOverRate) {
  expect_all(concentrations("1,0,100,10,1,2,1,24,0,0,1,.,.\n", hours), hours,
             [](double t) { return infusion(100, 10, t) + infusion(100, 10, t - 24); });
}

TEST(EventTable, BioavailabilityShortensAnInfusionOfGivenRate) {
  expect_all(concentrations("1,0,100,10,1,2,0,0,0,0,0.4,.,.\n", hours), hours,
             [](double t) { return infusion(40, 4, t); });
}

TEST(EventTable, LagDelaysTheDose) {
  expect_all(concentrations("1,0,100,0,1,2,0,0,0,4.5,1,.,.\n", hours), hours,
             [](double t) { return bolus(100, t - 4.5); });
}

TEST(EventTable, ModelledRateAndDurationComeFromTheParameters) {
  expect_all(concentrations("1,0,100,-1,1,2,0,0,0,0,1,8,3\n", hours), hours,
             [](double t) { return infusion(100, 12.5, t); });
  expect_all(concentrations("1,0,100,-2,1,2,0,0,0,0,1,8,3\n", hours), hours,
             [](double t) { return infusion(100, 3, t); });
}

TEST(EventTable, SteadyStateIsTheSumOfAllEarlierDoses) {
  expect_all(concentrations("1,0,100,0,1,2,0,24,1,0,1,.,.\n", hours), hours,
             [](double t) { return bolus(100, t) / (1.0 - std::exp(-k * 24)); });
}

TEST(EventTable, SteadyStateWithALagStandsWithinTheInterval) {
  // The dose recorded at 0 arrives at 6; the one before it arrived at −18.
  expect_all(concentrations("1,0,100,0,1,2,0,24,1,6,1,.,.\n", hours), hours,
             [](double t) { return bolus(100, t + 18) / (1.0 - std::exp(-k * 24)) + bolus(100, t - 6); });
}

TEST(EventTable, SteadyStateWithALagBeyondTheIntervalGivesTheDosesUnderWay) {
  // Lag 30, interval 24: doses recorded at −24 and at 0 arrive at 6 and 30, those before have arrived at −18, −42, …
  expect_all(concentrations("1,0,100,0,1,2,0,24,1,30,1,.,.\n", hours), hours, [](double t) {
    return bolus(100, t + 18) / (1.0 - std::exp(-k * 24)) + bolus(100, t - 6) + bolus(100, t - 30);
  });
}

TEST(EventTable, SecondSteadyStateAddsToTheFirst) {
  expect_all(concentrations("1,0,100,0,1,2,0,24,1,0,1,.,.\n1,0,50,0,1,2,0,12,2,0,1,.,.\n", hours), hours, [](double t) {
    return bolus(100, t) / (1.0 - std::exp(-k * 24)) + bolus(50, t) / (1.0 - std::exp(-k * 12));
  });
}

TEST(EventTable, ConstantInfusionAtSteadyStateEndsAtItsLine) {
  expect_all(concentrations("1,0,0,100,1,2,0,0,1,0,1,.,.\n", hours), hours,
             [](double t) { return 100.0 / 1.1 * std::exp(-k * t); });
}

TEST(EventTable, ResetEndsEverythingThatRunsAndWaits) {
  expect_all(
      concentrations("1,0,100,2,1,2,5,24,0,0,1,.,.\n1,30,0,0,3,2,0,0,0,0,1,.,.\n1,40,70,0,1,2,0,0,0,0,1,.,.\n", hours),
      hours, [](double t) { return t < 30 ? infusion(100, 50, t) + infusion(100, 50, t - 24) : bolus(70, t - 40); });
}

TEST(EventTable, ResetAndDoseStartsAnew) {
  expect_all(concentrations("1,0,100,0,1,2,3,24,0,0,1,.,.\n1,40,70,0,4,2,0,0,0,0,1,.,.\n", hours), hours,
             [](double t) { return t < 40 ? bolus(100, t) + bolus(100, t - 24) : bolus(70, t - 40); });
}

TEST(EventTable, ParametersThatChangeHoldFromTheLineBefore) {
  // Clearance is not mapped here, but bioavailability is: each dose takes the value of its own line.
  expect_all(concentrations("1,0,100,0,1,2,0,0,0,0,1,.,.\n1,20,100,0,1,2,0,0,0,0,0.5,.,.\n", hours), hours,
             [](double t) { return bolus(100, t) + bolus(50, t - 20); });
}

TEST(EventTable, CodedEventsOfRxodeAreInfusions) {
  const Folder folder;
  std::ofstream(folder / "t.csv") << "id,time,amt,evid,dv\n7,0,40,10101,.\n7,3,-40,10101,.\n7,10,0,0,1.5\n";
  const std::string text =
      "format = 1\n[time]\nend = \"2 d\"\n[[treatment]]\ndrug = \"paclitaxel\"\nkinetics = "
      "\"paclitaxel_ddmodel186\"\n[events]\nfile = \"" +
      (folder / "t.csv").string() + "\"\nobserve = \"paclitaxel\"\n";
  const Plan plan = plan_of(text);
  const Subject subject = make_subject(plan, 0);
  ASSERT_EQ(subject.timeline.doses.size(), 1u);
  EXPECT_NEAR(subject.timeline.doses[0].amount, 120.0, 1e-9);
  EXPECT_NEAR(subject.timeline.doses[0].duration * 24.0, 3.0, 1e-12);
}

TEST(EventOrder, LetsAnInfusionBeginBeforeItEndsInTheSameMoment) {
  std::vector<Event> events;
  for (const double rate : {-5.0, 5.0, -2.0})
    events.push_back({.kind = Event::Kind::rate, .time = 3.0, .amount = rate});
  sort(events);
  std::vector<double> rates;
  for (const Event& event : events) rates.push_back(event.amount);
  EXPECT_EQ(rates, (std::vector<double>{5.0, -2.0, -5.0}));
}

}  // namespace
}  // namespace nadir

// No drug is lost: what was given is in the body or has been eliminated.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/ensemble/body.hpp"
#include "tests/support/felt_drug.hpp"

namespace nadir {
namespace {

using namespace test;

// --- drugs in closed form --------------------------------------------------------------------------------------------

std::vector<std::string> linear_kinetics() {
  std::vector<std::string> ids;
  for (const KineticsModel& model : registry().kinetics)
    if (model.linear) ids.emplace_back(model.id);
  return ids;
}

class MassBalanceOfLinear : public testing::TestWithParam<std::string> {};

/// ∫ of a sum of exponentials fed by a depot, from now to `t`.
double area(const CentralModes& modes, double t) {
  double sum = modes.steady * t;
  const auto emptied = [t](double rate) { return -std::expm1(-rate * t) / rate; };
  for (int m = 0; m < modes.modes; ++m) {
    const auto i = static_cast<std::size_t>(m);
    const double rate = modes.rate[i];
    sum += modes.amount[i] * emptied(rate);
    if (modes.absorbing != 0.0)
      sum += modes.coupling[i] * modes.absorbing * (emptied(rate) - emptied(modes.ka)) / (modes.ka - rate);
  }
  return sum;
}

/// Three doses: at once, an infusion, and one that overlaps it, each with the lag and the share that the model states.
TEST_P(MassBalanceOfLinear, GivenIsPresentAndEliminated) {
  const KineticsModel& model = *registry().kinetic(GetParam());
  const std::string values =
      model.id == "one_compartment"
          ? "{ model = \"one_compartment\", cl = \"10 L/h\", v = \"50 L\", ka = \"1 1/h\", f = 0.6, lag = \"2 h\", "
            "f_depot = 0.4, lag_depot = \"5 h\" }"
          : "{ model = \"" + std::string(model.id) + "\", set = \"" + std::string(model.sets[0].name) + "\" }";
  const auto dose = [&](const std::string& rest) {
    return "[[treatment]]\ndrug = \"" + (model.drug.empty() ? "drug" : std::string(model.drug)) +
           "\"\nkinetics = " + values + "\ndose = \"100 " + std::string(model.amount_unit) + "\"\n" + rest;
  };
  for (const std::string& into :
       model.shape.depot ? std::vector<std::string>{"depot", "central"} : std::vector<std::string>{"central"}) {
    const std::string place = "into = \"" + into + "\"\n";
    const Plan plan = plan_of(typical_patient("", dose(place + "duration = \"7 h\"\ndays = [0, 0.2, 1]\n"), 3.0));
    const Subject subject = make_subject(plan, 0);
    Body body(plan.assembly, subject.parameters);
    const LinearKinetics kinetics(model.constants(body.parameters().data()), model.shape);
    const double elimination = model.constants(body.parameters().data()).k10;
    double eliminated = 0.0, given = 0.0, rate = 0.0, time = 0.0;
    Compartments present{}, rates{};
    const auto move = [&](double until) {
      eliminated += elimination * area(kinetics.central_modes(present, rates), until - time);
      given += rate * (until - time);
      present = kinetics.propagate(present, rates, until - time);
      time = until;
    };
    for (const Event& event : subject.timeline.events) {
      move(event.time);
      ASSERT_EQ(event.kind, Event::Kind::rate);
      rates[static_cast<std::size_t>(event.compartment)] += event.amount * model.amount_scale;
      rate += event.amount * model.amount_scale;
    }
    move(3.0);
    double left = 0.0;
    for (const double amount : present) left += amount;
    const Dosing<double> dosing =
        model.dosing != nullptr ? model.dosing(into == "depot" ? 0 : model.shape.central(), body.parameters().data())
                                : Dosing<double>{};
    EXPECT_NEAR(given, 300.0 * model.amount_scale * dosing.bioavailability, 1e-12 * given) << into;
    EXPECT_NEAR(left + eliminated, given, 1e-12 * given) << into;
    EXPECT_GT(eliminated, 0.1 * given) << into;
  }
}

INSTANTIATE_TEST_SUITE_P(Registry, MassBalanceOfLinear, testing::ValuesIn(linear_kinetics()),
                         [](const auto& info) { return info.param; });

// --- drugs that are states: the balance of their equations
// ------------------------------------------------------------

/// A model's parameters and states by name, at a state away from rest.
struct Moment {
  const ModelInfo& model;
  std::vector<double> parameters, states, inputs, rates;

  explicit Moment(const ModelInfo& of) : model(of) {
    for (const ParamRow& row : of.params) parameters.push_back(of.sets[0].values[row.index].value * row.parsed.factor);
    for (std::size_t i = 0; i < of.states.size(); ++i) {
      states.push_back((0.3 + 0.1 * static_cast<double>(i % 7)) * of.states[i].parsed.factor);
      inputs.push_back(0.01 * static_cast<double>(i % 3) * of.states[i].parsed.factor);
    }
    rates.resize(states.size());
  }
  std::size_t place(std::string_view state) const {
    for (std::size_t i = 0; i < model.states.size(); ++i)
      if (model.states[i].name == state) return i;
    throw std::runtime_error("no state " + std::string(state));
  }
  double p(std::string_view name) const {
    for (const ParamRow& row : model.params)
      if (row.name == name) return parameters[row.index];
    throw std::runtime_error("no parameter " + std::string(name));
  }
  double x(std::string_view name) const { return states[place(name)]; }
  double rate(std::string_view name) const { return rates[place(name)]; }
  double input(std::string_view name) const { return inputs[place(name)]; }
};

/// What the body eliminates of the drug; the same at rest is what it makes itself.
double filgrastim_loss(const Moment& m) {
  if (m.model.id == "filgrastim_binding") return (m.p("kel") * m.x("free") + m.p("kint") * m.x("bound")) * m.p("vd");
  return (m.p("k_ren") * m.x("free") + m.p("k_int") * m.x("bound")) * m.p("vd");
}

double made_at_rest(const Moment& m) {
  Moment healthy(m.model);
  registry().marrow(m.model.id)->rest(healthy.parameters.data(), healthy.states.data());
  return filgrastim_loss(healthy);
}

/// What a drug gains by its equations, and what it must gain: input, less elimination, more what the body makes.
struct Balance {
  double gained, expected;
};

Balance balance(const Moment& m, std::string_view drug) {
  if (drug == "filgrastim")
    return {m.rate("depot") + m.p("vd") * (m.rate("free") + m.rate("bound")),
            m.input("depot") - filgrastim_loss(m) + made_at_rest(m)};
  if (drug == "zalypsis")
    return {m.rate("plasma") + m.rate("fast") + m.rate("slow1") + m.rate("slow2"),
            m.input("plasma") - m.p("kel") * m.x("plasma")};
  if (m.model.id == "paclitaxel_crombag2019") {
    const double c = m.x("central") / m.p("v1");
    return {
        m.rate("central") + m.rate("peripheral1") + m.rate("peripheral2"),
        m.input("central") + m.input("peripheral1") + m.input("peripheral2") - m.p("vm_el") * c / (m.p("km_el") + c)};
  }
  throw std::runtime_error("a drug whose elimination this test does not know");
}

void expect_balanced(const Moment& m, std::string_view drug) {
  double turnover = 0.0;  // what cancels in the sum
  for (std::size_t i = 0; i < m.rates.size(); ++i) turnover = std::max(turnover, std::fabs(m.rates[i]));
  const Balance found = balance(m, drug);
  EXPECT_NEAR(found.gained, found.expected, 1e-12 * (std::fabs(found.expected) + turnover))
      << m.model.id << " " << drug;
}

TEST(MassBalanceOfStates, WhatADrugGainsIsItsInputLessItsElimination) {
  std::size_t found = 0;
  for (const KineticsModel& model : registry().kinetics) {
    if (model.linear) continue;
    Moment m(model);
    model.rhs(m.states.data(), m.parameters.data(), m.inputs.data(), m.rates.data());
    expect_balanced(m, model.drug);
    ++found;
  }
  for (const MarrowModel& model : registry().marrows) {
    Moment m(model);
    model.rhs(m.states.data(), m.parameters.data(), {}, m.inputs.data(), m.rates.data());
    for (const KineticsModel& drug : model.drugs) expect_balanced(m, drug.drug), ++found;
  }
  EXPECT_GE(found, 6u);
}

}  // namespace
}  // namespace nadir

#include "sim/kinetics/linear_kinetics.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/numeric/odeint/integrate/integrate_adaptive.hpp>
#include <boost/numeric/odeint/stepper/generation.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_fehlberg78.hpp>
#include <cmath>
#include <vector>

namespace nadir {
namespace {

const Mammillary<double> docetaxel{.k10 = 124.8, .k12 = 25.44, .k21 = 36.24, .k13 = 30.24, .k31 = 2.016};
constexpr Shape three{.depot = false, .peripherals = 2};

TEST(LinearKinetics, AgreesWithItsDifferentialEquations) {
  const Mammillary<double> k{.ka = 12.0, .k10 = 4.0, .k12 = 3.0, .k21 = 2.0, .k13 = 1.0, .k31 = 0.1};
  constexpr Shape shape{.depot = true, .peripherals = 2};
  const LinearKinetics kinetics(k, shape);
  const Compartments amounts{5.0, 3.0, 2.0, 1.0}, rates{0.7, 2.0, 0.3, 0.1};
  std::vector<double> x(amounts.begin(), amounts.end());
  namespace odeint = boost::numeric::odeint;
  using State = std::vector<double>;
  odeint::integrate_adaptive(
      odeint::make_controlled<odeint::runge_kutta_fehlberg78<State>>(1e-14, 1e-13),
      [&](const State& a, State& d, double) {
        const auto r = mammillary_rhs<double>({a[0], a[1], a[2], a[3]}, k, shape);
        for (int i = 0; i < 4; ++i) d[i] = r[i] + rates[i];
      },
      x, 0.0, 2.5, 1e-3);
  const Compartments got = kinetics.propagate(amounts, rates, 2.5);
  for (int i = 0; i < 4; ++i) EXPECT_NEAR(got[i], x[i], 1e-10) << i;
  EXPECT_EQ(kinetics.central(amounts, rates, 2.5), got[1]);
}

TEST(LinearKinetics, IsExactWhereAbsorptionAndEliminationAreEquallyFast) {
  const LinearKinetics kinetics({.ka = 3.0, .k10 = 3.0}, {.depot = true});
  for (const double t : {0.01, 0.3, 1.0, 7.0})  // the confluent solution is k·t·e^{−kt}
    EXPECT_NEAR(kinetics.central({1.0, 0.0}, {}, t), 3.0 * t * std::exp(-3.0 * t), 1e-15);
}

TEST(LinearKinetics, LosesNoDrug) {
  // given = present + eliminated; the area under the amount times k10 is what was eliminated.
  const LinearKinetics kinetics(docetaxel, three);
  const double duration = 1.0 / 24.0, rate = 180.0 / duration;
  const Compartments end = kinetics.propagate({}, {rate, 0.0, 0.0, 0.0}, duration);
  double eliminated = 0.0;
  // Gauss-Legendre with 20 panels of 5 points integrates the exponentials to rounding.
  const double nodes[] = {0.046910077030668, 0.230765344947158, 0.5, 0.769234655052842, 0.953089922969332};
  const double weights[] = {0.118463442528095, 0.239314335249683, 0.284444444444444, 0.239314335249683,
                            0.118463442528095};
  for (int panel = 0; panel < 20; ++panel)
    for (int i = 0; i < 5; ++i)
      eliminated += docetaxel.k10 * kinetics.central({}, {rate, 0, 0, 0}, duration * (panel + nodes[i]) / 20) *
                    weights[i] * duration / 20;
  EXPECT_NEAR(end[0] + end[1] + end[2] + eliminated, 180.0, 180.0 * 1e-12);
}

TEST(LinearKinetics, OneCompartmentFollowsTheTextbook) {
  const LinearKinetics kinetics({.k10 = 0.9}, {});
  EXPECT_NEAR(kinetics.central({100.0}, {}, 2.0), 100.0 * std::exp(-1.8), 1e-12);
  EXPECT_NEAR(kinetics.central({}, {50.0}, 2.0), 50.0 / 0.9 * (1.0 - std::exp(-1.8)), 1e-12);
}

TEST(LinearKinetics, HoldsForCoincidingAndForVeryDifferentConstants) {
  const std::array<Mammillary<double>, 3> all{{{.k10 = 2.0, .k12 = 1.0, .k21 = 3.0, .k13 = 1.0, .k31 = 3.0},
                                               {.k10 = 3.0, .k12 = 1e-4, .k21 = 3.0, .k13 = 1e-4, .k31 = 3.0},
                                               {.k10 = 1e4, .k12 = 1e2, .k21 = 1.0, .k13 = 1e-3, .k31 = 0.1}}};
  for (const Mammillary<double>& k : all) {
    const LinearKinetics kinetics(k, three);
    const Compartments start{5.0, 3.0, 2.0}, still = kinetics.propagate(start, {}, 0.0);
    for (int i = 0; i < 3; ++i) EXPECT_NEAR(still[i], start[i], 1e-12 * start[i]) << k.k10 << ' ' << i;
    // What a constant infusion leads to: elimination equals the rate, and each exchange is balanced.
    const Compartments steady = kinetics.propagate({}, {7.0, 0.0, 0.0}, 1e3);
    EXPECT_NEAR(steady[0], 7.0 / k.k10, 1e-11 * steady[0]) << k.k10;
    EXPECT_NEAR(steady[1], steady[0] * k.k12 / k.k21, 1e-11 * steady[1]) << k.k10;
    EXPECT_NEAR(steady[2], steady[0] * k.k13 / k.k31, 1e-11 * steady[2]) << k.k10;
  }
}

TEST(LinearKinetics, TwoStretchesMakeOne) {
  const LinearKinetics kinetics(docetaxel, three);
  const Compartments rates{100.0, 0.0, 0.0, 0.0};
  const Compartments once = kinetics.propagate({10.0, 2.0, 3.0}, rates, 0.7);
  const Compartments twice = kinetics.propagate(kinetics.propagate({10.0, 2.0, 3.0}, rates, 0.3), rates, 0.4);
  for (int i = 0; i < 3; ++i) EXPECT_NEAR(once[i], twice[i], 1e-12 * once[i]);
}

TEST(SteadyState, IsWhereManyDosesLead) {
  const Mammillary<double> k{.ka = 36.0, .k10 = 1.32};
  const LinearKinetics kinetics(k, {.depot = true});
  for (const RepeatedDose dose :
       {RepeatedDose{0, 100.0, 0.0, 0.5}, RepeatedDose{1, 100.0, 0.0, 1.0}, RepeatedDose{1, 80.0, 0.25, 0.5},
        RepeatedDose{1, 80.0, 1.25, 0.5}, RepeatedDose{1, 80.0, 0.5, 0.5}}) {
    // The response to one dose, summed over the last 200 of them.
    Compartments sum{};
    const double phase = 0.2 * dose.interval;
    for (int i = 0; i < 200; ++i) {
      const double since = phase + i * dose.interval;
      Compartments rates{}, start{};
      if (dose.duration > 0.0) rates[dose.compartment] = dose.amount / dose.duration;
      if (dose.duration == 0.0) start[dose.compartment] = dose.amount;
      const Compartments on = kinetics.propagate(start, rates, std::min(since, dose.duration));
      const Compartments one = since > dose.duration ? kinetics.propagate(on, {}, since - dose.duration) : on;
      for (int j = 0; j < 4; ++j) sum[j] += one[j];
    }
    const Compartments got = kinetics.steady_state(dose, phase);
    for (int j = 0; j < 2; ++j) EXPECT_NEAR(got[j], sum[j], 1e-10 * (1.0 + sum[j])) << dose.duration;
  }
}

TEST(SteadyState, OfAConstantInfusionIsRateOverClearance) {
  const LinearKinetics kinetics(docetaxel, three);
  const Compartments got = kinetics.steady_state({.compartment = 0, .rate = 50.0}, 0.0);
  EXPECT_NEAR(got[0], 50.0 / docetaxel.k10, 1e-12);
  EXPECT_NEAR(got[1], got[0] * docetaxel.k12 / docetaxel.k21, 1e-12);
  EXPECT_NEAR(got[2], got[0] * docetaxel.k13 / docetaxel.k31, 1e-10);
}

}  // namespace
}  // namespace nadir

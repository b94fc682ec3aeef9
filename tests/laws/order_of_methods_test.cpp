// Every method converges as fast as its order promises.
//
// Steps of equal length on smooth problems with known solutions. The observed order is the slope of log error over log
// length, freed from the next terms of the error's expansion. What double precision allows: between the lengths at
// which the error becomes regular and rounding (1e-13 here) there are four to six halvings for order 5, a factor of 32
// each, but only some two for order 12, a factor of 4096 each; lengths between the halvings are tried too.
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <functional>

#include "sim/model/registry.hpp"
#include "tests/support/lone_patient.hpp"

namespace nadir {
namespace {

using namespace test;

// --- the problems ----------------------------------------------------------------------------------------------------

struct Decay {
  static constexpr std::size_t states = 1;
  static std::vector<double> at(double t) { return {std::exp(-t)}; }
  template <class T>
  static void rates(const T* x, const T&, T* dx) {
    dx[0] = T(0.0) - x[0];
  }
};

struct Logistic {
  static constexpr std::size_t states = 1;
  static std::vector<double> at(double t) { return {1.0 / (1.0 + std::exp(-t))}; }
  template <class T>
  static void rates(const T* x, const T&, T* dx) {
    dx[0] = x[0] * (T(1.0) - x[0]);
  }
};

struct Oscillation {
  static constexpr std::size_t states = 2;
  static std::vector<double> at(double t) { return {std::cos(t + 0.5), -std::sin(t + 0.5)}; }
  template <class T>
  static void rates(const T* x, const T&, T* dx) {
    dx[0] = x[1];
    dx[1] = T(0.0) - x[0];
  }
};

struct Driven {
  static constexpr std::size_t states = 3;
  static std::vector<double> at(double t) { return {std::exp(std::sin(t)), std::cos(t), std::sin(t)}; }
  template <class T>
  static void rates(const T* x, const T&, T* dx) {
    dx[0] = x[0] * x[1];
    dx[1] = T(0.0) - x[2];
    dx[2] = x[1];
  }
};

/// A power of a ratio, as in the feedback of a count on division.
struct Feedback {
  static constexpr std::size_t states = 1;
  static std::vector<double> at(double t) { return {1.0 / ((1.0 + 0.25 * t) * (1.0 + 0.25 * t))}; }
  template <class T>
  static void rates(const T* x, const T&, T* dx) {
    dx[0] = T(-0.5) * x[0] * pow(T(1.0) / x[0], T(-0.5));
  }
};

/// Division that a drug in closed form suppresses, absorbed from a depot.
struct Suppressed {
  static constexpr std::size_t states = 1;
  static constexpr double ka = 1.2, ke = 0.4, depot = 1.0;
  static std::vector<double> at(double t) {
    // ∫ of the central amount depot·ka/(ka − ke)·(e^(−ke·t) − e^(−ka·t)).
    const double area = depot * ka / (ka - ke) * ((1.0 - std::exp(-ke * t)) / ke - (1.0 - std::exp(-ka * t)) / ka);
    return {std::exp(-area)};
  }
  template <class T>
  static void rates(const T* x, const T& suppression, T* dx) {
    dx[0] = T(0.0) - suppression * x[0];
  }
};

/// A drug whose suppression is its central amount.
void add_drug(Assembly& assembly, std::vector<double>& parameters) {
  const KineticsModel& kinetics = *registry().kinetic("one_compartment");
  const EffectModel& effect = *registry().effect("friberg2002_linear");
  assembly.drugs.push_back({"drug", &kinetics, 0, 0, {{&effect, kinetics.params.size(), 0}}});
  assembly.slots.push_back({&kinetics, "drug", 0});
  assembly.slots.push_back({&effect, "effect", kinetics.params.size()});
  const auto set = [&](const ModelInfo& model, const char* name, double value) {
    const std::size_t first = &model == &kinetics ? 0 : kinetics.params.size();
    for (const ParamRow& row : model.params)
      if (row.name == name) parameters[first + row.index] = value;
  };
  parameters.assign(kinetics.params.size() + effect.params.size(), 0.0);
  set(kinetics, "v", 1.0);
  set(kinetics, "molar_mass", 1.0);
  set(effect, "slope", 1.0);
}

/// What a test asks of a problem, whatever its equations.
struct Problem {
  std::string name;
  std::function<Assembly(std::vector<double>& parameters)> assemble;
  std::function<std::vector<double>(double t)> solution;
  bool linear = false;  ///< with constant coefficients: Rodas5P has one order more
  bool drug = false;
};
void PrintTo(const Problem& problem, std::ostream* stream) { *stream << problem.name; }

template <class Equations>
Problem problem(const std::string& name) {
  static const MarrowModel marrow = marrow_of<Equations>();
  return {name, [](std::vector<double>&) { return alone(marrow); }, Equations::at};
}

std::vector<Problem> problems() {
  Problem suppressed = problem<Suppressed>("Suppressed");
  suppressed.drug = true;
  suppressed.assemble = [](std::vector<double>& parameters) {
    static const MarrowModel marrow = marrow_of<Suppressed>();
    Assembly assembly = alone(marrow);
    add_drug(assembly, parameters);
    return assembly;
  };
  Problem decay = problem<Decay>("Decay"), oscillation = problem<Oscillation>("Oscillation");
  decay.linear = oscillation.linear = true;
  return {
      decay,     oscillation, problem<Logistic>("Logistic"), problem<Driven>("Driven"), problem<Feedback>("Feedback"),
      suppressed};
}

// --- errors and orders -----------------------------------------------------------------------------------------------

struct Errors {
  double at_steps = 0.0;  ///< largest error of a state at the end of a step
  double within = 0.0;    ///< largest error of the count's polynomial within steps
};

/// With so many equal steps up to day `last`.
Errors errors(const Problem& problem, Derivatives derivatives, long steps, double last) {
  std::vector<double> parameters;
  const Assembly assembly = problem.assemble(parameters);
  LonePatient patient(assembly, derivatives, 1e-7, 1e30);  // refuses nothing
  patient.start(problem.solution(0.0), parameters);
  if (problem.drug)
    patient.start_drug(0, {.modes = 1,
                           .rate = {Suppressed::ke},
                           .coupling = {Suppressed::ka},
                           .ka = Suppressed::ka,
                           .absorbing = Suppressed::depot});
  Errors worst;
  for (long i = 1; i <= steps; ++i) {
    const double end = last * static_cast<double>(i) / static_cast<double>(steps);
    patient.stride(end);
    EXPECT_EQ(patient.time(), end);
    const std::vector<double> truth = problem.solution(end);
    for (std::size_t s = 0; s < truth.size(); ++s)
      worst.at_steps = std::max(worst.at_steps, std::fabs(patient.states()[s] - truth[s]));
    for (const double theta : {0.2, 0.4, 0.6, 0.8}) {
      const double t = patient.begin() + theta * (patient.time() - patient.begin());
      worst.within = std::max(worst.within, std::fabs(patient.count(theta) - problem.solution(t)[0]));
    }
  }
  return worst;
}

/// p in error ≈ C·h^p·e^(D·h + E·h²) for steps of length h, by least squares on the logarithms. Errors that are large
/// or near to rounding say nothing.
double observed_order(const std::vector<double>& lengths, double largest, const std::function<double(double)>& error) {
  std::vector<std::array<double, 2>> points;
  for (const double h : lengths) {
    const double e = error(h);
    if (e < largest && e > 1e-13) points.push_back({h, e});
  }
  EXPECT_GE(points.size(), 5u) << "too few errors between rounding and irregularity";
  Eigen::MatrixXd terms(points.size(), 4);
  Eigen::VectorXd logs(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    const double h = points[i][0];
    terms.row(row) << 1.0, std::log(h), h, h * h;
    logs(row) = std::log(points[i][1]);
  }
  return terms.colPivHouseholderQr().solve(logs)(1);
}

/// Lengths from `longest` on, each 2^(1/parts) times shorter than the one before.
std::vector<double> lengths(double longest, int count, double parts) {
  std::vector<double> list;
  for (int i = 0; i < count; ++i) list.push_back(longest * std::exp2(-i / parts));
  return list;
}

class OrderOfMethods : public testing::TestWithParam<Problem> {};

TEST_P(OrderOfMethods, Rodas5PHasOrderFive) {
  const auto error = [](double h) { return errors(GetParam(), Derivatives::yes, std::lround(4.0 / h), 4.0).at_steps; };
  EXPECT_NEAR(observed_order(lengths(GetParam().linear ? 1.0 : 0.5, 8, 1.0), 1e-4, error),
              GetParam().linear ? 6.0 : 5.0, 0.1);
}

// A polynomial of order 4 errs by h⁵.
TEST_P(OrderOfMethods, Rodas5PHasOrderFourWithinSteps) {
  const auto error = [](double h) { return errors(GetParam(), Derivatives::yes, std::lround(4.0 / h), 4.0).within; };
  EXPECT_NEAR(observed_order(lengths(GetParam().linear ? 1.0 : 0.5, 8, 1.0), 1e-4, error), 5.0, 0.1);
}

// One step errs by h¹³.
TEST_P(OrderOfMethods, TaylorHasOrderTwelve) {
  const auto error = [](double h) { return errors(GetParam(), Derivatives::no, 1, h).at_steps; };
  EXPECT_NEAR(observed_order(lengths(4.0, 24, 5.0), 1e-6, error), 13.0, 0.1);
}

// Its polynomial is the step itself.
TEST_P(OrderOfMethods, TaylorHasOrderTwelveWithinSteps) {
  const auto error = [](double h) { return errors(GetParam(), Derivatives::no, 1, h).within; };
  EXPECT_NEAR(observed_order(lengths(4.0, 24, 5.0), 1e-6, error), 13.0, 0.1);
}

INSTANTIATE_TEST_SUITE_P(Smooth, OrderOfMethods, testing::ValuesIn(problems()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace nadir

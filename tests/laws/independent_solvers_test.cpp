// The same patients in Boost.Odeint and in SUNDIALS CVODE, with the kinetics as differential equations instead of in
// closed form: two independent codes against ours.
#include <gtest/gtest.h>

#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sundials/sundials_context.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>
#include <boost/numeric/odeint/integrate/integrate_adaptive.hpp>
#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/generation.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_fehlberg78.hpp>

#include "tests/support/full_system.hpp"
#include "tests/support/scenarios.hpp"

namespace nadir {
namespace {

using namespace test;
using State = FullSystem::State;

constexpr double infusion = 1.0 / 24.0;

Plan many_patients() {
  return plan_of(
      "format = 1\n[ensemble]\npatients = 50\nseed = 3\n[time]\nend = \"42 d\"\nsample = \"1 d\"\n[solver]\nrelative = "
      "1e-10\nabsolute = 1e-13\n"
      "[covariates]\nbsa = 1.79\n[[marrow]]\nmodel = \"netterberg2017\"\n" +
      treatment({"docetaxel", "\"docetaxel_koolen2010\"", "\"netterberg2017_docetaxel\"", "100 mg/m^2",
                 "duration = \"1 h\"\nevery = \"21 d\"\ncycles = 2\n"}));
}

/// Calls each(from, to, infusion rate) for the stretches between events.
template <class Each>
void stretches(double dose, Each each) {
  for (const double begin : {0.0, 21.0}) {
    each(begin, begin + infusion, dose / infusion);
    for (double day = begin; day < begin + 21.0; day += 1.0) each(std::max(day, begin + infusion), day + 1.0, 0.0);
  }
}

TEST(IndependentSolvers, BoostOdeintAgreesToSevenDigits) {
  const Plan plan = many_patients();
  for (std::uint64_t index = 0; index < 50; ++index) {
    const Subject subject = make_subject(plan, index);
    const Course course = simulate(plan, subject);
    FullSystem system{plan, subject.parameters[0]};
    State x = system.rest();
    namespace odeint = boost::numeric::odeint;
    stretches(179.0, [&](double from, double to, double rate) {
      system.rate = rate;
      odeint::integrate_adaptive(odeint::make_controlled<odeint::runge_kutta_fehlberg78<State>>(1e-13, 1e-11), system,
                                 x, from, to, 1e-4);
      if (to == std::floor(to)) {
        EXPECT_NEAR(course.count_series[0][static_cast<std::size_t>(to)], x[7], 1e-7 * x[7])
            << "patient " << index << " day " << to;
      }
    });
  }
}

int cvode_rates(realtype, N_Vector x, N_Vector dx, void* user) {
  static_cast<const FullSystem*>(user)->rates(N_VGetArrayPointer(x), N_VGetArrayPointer(dx));
  return 0;
}

TEST(IndependentSolvers, SundialsCvodeAgreesToSixDigits) {
  const Plan plan = many_patients();
  for (std::uint64_t index = 0; index < 10; ++index) {
    const Subject subject = make_subject(plan, index);
    const Course course = simulate(plan, subject);
    FullSystem system{plan, subject.parameters[0]};
    const State begin = system.rest();
    SUNContext context = nullptr;
    ASSERT_EQ(SUNContext_Create(nullptr, &context), 0);
    N_Vector x = N_VNew_Serial(8, context);
    std::copy(begin.begin(), begin.end(), N_VGetArrayPointer(x));
    void* memory = CVodeCreate(CV_BDF, context);
    CVodeInit(memory, cvode_rates, 0.0, x);
    CVodeSStolerances(memory, 1e-10, 1e-12);
    CVodeSetUserData(memory, &system);
    CVodeSetMaxNumSteps(memory, 1000000);
    SUNMatrix matrix = SUNDenseMatrix(8, 8, context);
    SUNLinearSolver solver = SUNLinSol_Dense(x, matrix, context);
    CVodeSetLinearSolver(memory, solver, matrix);
    stretches(179.0, [&](double from, double to, double rate) {
      system.rate = rate;
      CVodeReInit(memory, from, x);
      CVodeSetStopTime(memory, to);
      realtype reached = from;
      ASSERT_GE(CVode(memory, to, x, &reached, CV_NORMAL), 0);
      const double count = N_VGetArrayPointer(x)[7];
      if (to == std::floor(to)) {
        EXPECT_NEAR(course.count_series[0][static_cast<std::size_t>(to)], count, 1e-6 * count)
            << "patient " << index << " day " << to;
      }
    });
    SUNLinSolFree(solver);
    SUNMatDestroy(matrix);
    CVodeFree(&memory);
    N_VDestroy(x);
    SUNContext_Free(&context);
  }
}

}  // namespace
}  // namespace nadir

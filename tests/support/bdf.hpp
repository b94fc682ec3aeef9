#pragma once
/// SUNDIALS CVODE's backward differentiation for one system: dense, with the system's own Jacobian. The independent
/// solver of stiff problems.

#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sundials/sundials_context.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>

#include <algorithm>
#include <span>
#include <stdexcept>
#include <vector>

namespace nadir::test {

/// `System` has rates(t, x, dx) and jacobian(t, x, row_major).
template <class System>
class Bdf {
 public:
  /// `absolute`: by state.
  Bdf(System& system, std::span<const double> x, double relative, std::span<const double> absolute)
      : system_(system), n_(x.size()), matrix_values_(n_ * n_) {
    if (SUNContext_Create(nullptr, &context_) != 0) throw std::runtime_error("SUNDIALS gives no context");
    const auto size = static_cast<sunindextype>(n_);
    x_ = N_VNew_Serial(size, context_);
    tolerance_ = N_VNew_Serial(size, context_);
    std::copy(x.begin(), x.end(), state());
    std::copy(absolute.begin(), absolute.end(), N_VGetArrayPointer(tolerance_));
    memory_ = CVodeCreate(CV_BDF, context_);
    CVodeInit(memory_, rates, 0.0, x_);
    CVodeSVtolerances(memory_, relative, tolerance_);
    CVodeSetUserData(memory_, this);
    CVodeSetMaxNumSteps(memory_, 10000000);
    matrix_ = SUNDenseMatrix(size, size, context_);
    solver_ = SUNLinSol_Dense(x_, matrix_, context_);
    CVodeSetLinearSolver(memory_, solver_, matrix_);
    CVodeSetJacFn(memory_, jacobian);
  }
  Bdf(const Bdf&) = delete;
  Bdf& operator=(const Bdf&) = delete;
  ~Bdf() {
    CVodeFree(&memory_);
    SUNLinSolFree(solver_);
    SUNMatDestroy(matrix_);
    N_VDestroy(tolerance_);
    N_VDestroy(x_);
    SUNContext_Free(&context_);
  }

  /// The state at time(); change it only before restart().
  double* state() { return N_VGetArrayPointer(x_); }

  /// Starts anew after a jump of states or inputs at `t`; no step passes `limit`.
  void restart(double t, double limit) {
    CVodeReInit(memory_, t, x_);
    CVodeSetStopTime(memory_, limit);
  }

  /// Goes on to `t`.
  void advance(double t) {
    realtype reached = 0.0;
    if (CVode(memory_, t, x_, &reached, CV_NORMAL) < 0) throw std::runtime_error("CVODE gives up");
  }

 private:
  static int rates(realtype t, N_Vector x, N_Vector dx, void* user) {
    static_cast<Bdf*>(user)->system_.rates(t, N_VGetArrayPointer(x), N_VGetArrayPointer(dx));
    return 0;
  }
  static int jacobian(realtype t, N_Vector x, N_Vector, SUNMatrix matrix, void* user, N_Vector, N_Vector, N_Vector) {
    auto& self = *static_cast<Bdf*>(user);
    self.system_.jacobian(t, N_VGetArrayPointer(x), self.matrix_values_.data());
    for (std::size_t row = 0; row < self.n_; ++row)
      for (std::size_t column = 0; column < self.n_; ++column)
        SM_ELEMENT_D(matrix, static_cast<sunindextype>(row), static_cast<sunindextype>(column)) =
            self.matrix_values_[row * self.n_ + column];
    return 0;
  }

  System& system_;
  std::size_t n_;
  std::vector<double> matrix_values_;
  SUNContext context_ = nullptr;
  N_Vector x_ = nullptr, tolerance_ = nullptr;
  void* memory_ = nullptr;
  SUNMatrix matrix_ = nullptr;
  SUNLinearSolver solver_ = nullptr;
};

}  // namespace nadir::test

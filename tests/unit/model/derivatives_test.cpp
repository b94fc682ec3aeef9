#include "sim/model/derivatives.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/lone_patient.hpp"

namespace nadir {
namespace {

using namespace test;

/// Each operation of equations, at least once.
struct Everything {
  static constexpr std::size_t states = 4;
  template <class T>
  static void rates(const T* x, const T&, T* dx) {
    using std::sqrt;
    dx[0] = x[0] * x[1] - x[2] / x[1] + T(3.0) * x[3];
    dx[1] = exp(T(0.1) * x[0]) + log(x[1]) * sqrt(x[2]);
    dx[2] = pow(x[0], T(1.7)) - pow(T(2.0) / x[3], T(0.3));
    dx[3] = pow(x[1], x[2]) / (T(1.0) + x[0]);
  }
};

TEST(Derivatives, OfEachOperationAreThoseOfCentralDifferences) {
  const MarrowModel model = marrow_of<Everything>();
  const Assembly assembly = alone(model);
  const Program program(assembly, Derivatives::yes);
  std::vector<lanes::Row> memory(static_cast<std::size_t>(program.rows()));
  std::vector<double> x{0.7, 1.9, 2.3, 0.4}, room, up(4), down(4);
  const lanes::Code& code = program.code();
  program.place_constants({}, std::vector<double>(4, 0.0), memory[0].x, 0, room);
  for (int s = 0; s < 4; ++s)
    memory[static_cast<std::size_t>(code.first_state() + s)][0] = x[static_cast<std::size_t>(s)];
  lanes::kernels().evaluate(code.body, code.instructions, memory[0].x);
  lanes::kernels().evaluate(program.implicit().body, program.implicit().instructions, memory[0].x);
  EXPECT_EQ(program.implicit().derivative_count, 4 + 3 + 2 + 3) << "what is zero throughout is not written down";
  for (int i = 0; i < program.implicit().derivative_count; ++i) {
    const lanes::Derivative& derivative = program.implicit().derivatives[i];
    double& at = x[static_cast<std::size_t>(derivative.by)];
    const double middle = at;
    at = middle + 1e-5;
    model.rhs(x.data(), nullptr, {}, nullptr, up.data());
    at = middle - 1e-5;
    model.rhs(x.data(), nullptr, {}, nullptr, down.data());
    at = middle;
    const auto state = static_cast<std::size_t>(derivative.state);
    EXPECT_NEAR(memory[static_cast<std::size_t>(derivative.row)][0], (up[state] - down[state]) / 2e-5, 1e-8)
        << derivative.state << " by " << derivative.by;
  }
}

}  // namespace
}  // namespace nadir

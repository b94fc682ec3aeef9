#include "sim/ode/stepper.hpp"

#include <stdexcept>
#include <string>

#include "sim/ode/dormand_prince.hpp"
#include "sim/ode/odeint_stepper.hpp"

namespace nadir {

namespace {

class OurStepper : public Stepper {
 public:
  OurStepper(std::size_t states, Tolerance tolerance) : stepper_(states, tolerance) {}

  void start(const Rates& f, double t, std::span<const double> x) override { stepper_.start(f, t, x); }
  StepStatus step(const Rates& f, double limit) override { return stepper_.step(f, limit); }
  double time() const override { return stepper_.time(); }
  double previous() const override { return stepper_.previous(); }
  std::span<const double> state() const override { return stepper_.state(); }
  std::int64_t tried() const override { return stepper_.tried(); }
  void interpolate(double theta, std::span<double> x) const override { stepper_.interpolate(theta, x); }

 private:
  DormandPrince stepper_;
};

}  // namespace

std::unique_ptr<Stepper> make_stepper(std::string_view name, std::size_t states, Tolerance tolerance) {
  if (name == "dormand_prince") return std::make_unique<OurStepper>(states, tolerance);
  if (name == "odeint_dopri5") return odeint_dopri5(states, tolerance);
  if (name == "odeint_bulirsch_stoer") return odeint_bulirsch_stoer(states, tolerance);
  throw std::logic_error("no stepper is called " + std::string(name));
}

}  // namespace nadir

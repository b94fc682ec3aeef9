#pragma once
/// Boost.Odeint's steppers with dense output behind our interface.

#include "sim/ode/stepper.hpp"

namespace nadir {

std::unique_ptr<Stepper> odeint_dopri5(std::size_t states, Tolerance tolerance);
std::unique_ptr<Stepper> odeint_bulirsch_stoer(std::size_t states, Tolerance tolerance);

}  // namespace nadir

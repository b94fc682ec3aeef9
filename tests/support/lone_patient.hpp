#pragma once
/// One patient alone in the kernels, step by step: for tests of the methods themselves, with equations of their own.

#include <algorithm>
#include <span>
#include <vector>

#include "sim/ensemble/lane_memory.hpp"
#include "sim/model/readings/recorded.hpp"

namespace nadir::test {

/// A system of equations as a marrow of no parameters: `Problem` has `states`, and rates(x, suppression, dx) as a
/// template over the number type; its first state is the count.
template <class Problem>
MarrowModel marrow_of() {
  MarrowModel model;
  model.states.resize(Problem::states, {"x", "1", unit_of("1"), "a state"});
  model.rest = [](const double*, double* x) { std::fill_n(x, Problem::states, 0.0); };
  model.rhs = [](const double* x, const double*, const Ports<double>& ports, const double*, double* dx) {
    Problem::template rates<double>(x, ports.suppression, dx);
  };
  model.recorded.rhs = [](const Recorded* x, const Recorded*, const Ports<Recorded>& ports, const Recorded*,
                          Recorded* dx) { Problem::template rates<Recorded>(x, ports.suppression, dx); };
  model.count = [](const double* x, const double*) { return x[0]; };
  model.recorded.count = [](const Recorded* x, const Recorded*) { return x[0]; };
  return model;
}

/// A marrow and nothing else.
inline Assembly alone(const MarrowModel& model) {
  Assembly assembly;
  assembly.marrows.push_back({&model, 0, 0});
  assembly.slots.push_back({&model, "", 0});
  return assembly;
}

class LonePatient {
 public:
  /// `absolute`: tolerated error of every state in the unit of its row.
  LonePatient(const Assembly& assembly, Derivatives derivatives, double relative, double absolute)
      : program_(assembly, derivatives),
        memory_(lanes::kernels(), program_, assembly, relative, scaled(assembly, absolute)),
        states_(assembly.states()) {}

  void start(std::span<const double> states, std::span<const double> parameters) {
    memory_.enter(0);
    memory_.put_states(0, states);
    memory_.put_constants(0, parameters, std::vector<double>(states.size(), 0.0));
  }
  void start_drug(std::size_t drug, const CentralModes& modes) { memory_.put_drug(0, drug, modes); }

  /// One step of the method's own choice, which does not pass `limit`.
  void step(double limit) { step(limit, crew().proposed[0]); }

  /// One step as long as all that remains to `limit`; the tolerance must allow it.
  void stride(double limit) { step(limit, limit - crew().time[0]); }

  double time() const { return memory_.crew().time[0]; }
  double begin() const { return memory_.crew().begin[0]; }
  bool failed() const { return memory_.crew().failed[0] != 0.0; }
  std::span<const double> states() {
    memory_.get_states(0, states_);
    return states_;
  }
  /// The count at begin() + θ·(time() − begin()).
  double count(double theta) const {
    double sum = 0.0;
    for (int k = memory_.crew().degree; k >= 0; --k) sum = sum * theta + memory_.count(0)[k * lanes::width];
    return sum;
  }

 private:
  lanes::Crew& crew() { return memory_.crew(); }
  void step(double limit, double proposed) {
    crew().limit[0] = limit;
    crew().proposed[0] = proposed;
    if (program_.implicit().slots > 0) {
      lanes::kernels().rosenbrock_step(program_.code(), crew(), program_.implicit());
    } else {
      lanes::kernels().taylor_step(program_.code(), crew());
    }
    lanes::kernels().move_drugs(crew(), memory_.cut());
  }
  static std::vector<double> scaled(const Assembly& assembly, double absolute) {
    std::vector<double> list = assembly.scales();
    for (double& scale : list) scale *= absolute;
    return list;
  }

  Program program_;
  LaneMemory memory_;
  std::vector<double> states_;
};

}  // namespace nadir::test

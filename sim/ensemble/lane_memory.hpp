#pragma once
/// The memory of a crew: rows for the kernels, and columns of single patients in and out.

#include <span>
#include <vector>

#include "sim/kinetics/linear_kinetics.hpp"
#include "sim/lanes/kernels.hpp"
#include "sim/model/program.hpp"

namespace nadir {

class LaneMemory {
 public:
  /// `absolute`: tolerated error of each state, in internal units.
  LaneMemory(const lanes::Kernels& kernels, const Program& program, const Assembly& assembly, double relative,
             std::vector<double> absolute);
  LaneMemory(const LaneMemory&) = delete;  // the crew points into it
  LaneMemory& operator=(const LaneMemory&) = delete;

  lanes::Crew& crew() { return crew_; }
  const lanes::Crew& crew() const { return crew_; }
  /// Polynomial of one count (a row of `degree + 1` rows).
  const double* count(std::size_t index) const;

  /// A patient enters at time 0.
  void enter(int lane);
  void put_states(int lane, std::span<const double> states);
  void get_states(int lane, std::span<double> states) const;
  void put_constants(int lane, std::span<const double> parameters, std::span<const double> inputs);
  /// `drug`: its place in the assembly; one that the equations do not read is passed over.
  void put_drug(int lane, std::size_t drug, const CentralModes& modes);

  /// What is smaller than this share of its peak is not felt by the equations.
  double cut() const { return 1e-5 * crew_.accuracy.relative; }

 private:
  double* take(int rows);

  const Program& program_;
  std::vector<double> absolute_;
  std::vector<lanes::Row> memory_;
  std::size_t used_ = 0;  // rows
  std::vector<lanes::Modes> drugs_;
  std::vector<lanes::Term> terms_;
  std::vector<int> place_of_drug_;  // by drug of the assembly; −1: not read
  lanes::Crew crew_;
  std::vector<double> room_;
};

}  // namespace nadir

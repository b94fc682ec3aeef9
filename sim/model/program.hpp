#pragma once
/// The equations of an assembly as instructions for the kernels: written down once from the models' own text, with
/// everything that stands still between events calculated beforehand, patient by patient.

#include <span>
#include <vector>

#include "sim/lanes/implicit.hpp"
#include "sim/model/assembly.hpp"
#include "sim/model/derivatives.hpp"
#include "sim/model/elimination.hpp"
#include "sim/model/graph.hpp"

namespace nadir {

/// Whether derivatives are wanted: an implicit method needs them.
enum class Derivatives { no, yes };

class Program {
 public:
  Program(const Assembly& assembly, Derivatives derivatives);
  Program(const Program&) = delete;  // code() points into it
  Program& operator=(const Program&) = delete;

  /// Counts of the code: those of the marrows, then the concentrations of drugs that are states.
  const lanes::Code& code() const { return code_; }
  const lanes::Implicit& implicit() const { return implicit_; }

  /// Rows of values that an evaluation needs, derivatives included.
  int rows() const { return rows_; }

  /// Row of the central amount of drug `d`; −1 when the equations do not read it, or when it is a state.
  int drug_row(std::size_t d) const { return drug_rows_[d]; }

  /// Whether constants depend on infusions, and so change with them.
  bool reads_inputs() const { return reads_inputs_; }

  /// One patient's constants into column `lane` of the first rows of `values`. `room` saves an allocation a call.
  void place_constants(std::span<const double> parameters, std::span<const double> inputs, double* values, int lane,
                       std::vector<double>& room) const;

 private:
  void record(const Assembly& assembly);
  std::vector<int> reachable(std::vector<int> roots) const;
  void number(const std::vector<int>& nodes, const std::vector<int>& roots);
  void count_uses(const std::vector<int>& nodes, const std::vector<int>& roots);
  std::vector<lanes::Instruction> emit(const std::vector<int>& nodes);
  lanes::Instruction translate(int node) const;
  int absorbed_by(int node) const;
  void follow_counts();
  void link(bool with_derivatives, const std::vector<Partial>& partials);

  bool moving(int node) const { return graph_[node].moves; }
  int& row(int node) { return rows_of_[static_cast<std::size_t>(node)]; }
  int row(int node) const { return rows_of_[static_cast<std::size_t>(node)]; }
  int uses(int node) const { return uses_[static_cast<std::size_t>(node)]; }

  Graph graph_;
  std::vector<int> state_nodes_, drug_nodes_, rate_nodes_, count_nodes_, constant_nodes_;
  std::vector<int> rows_of_;    // by node; −1: none
  std::vector<int> uses_;       // by node
  std::vector<char> absorbed_;  // by node: part of the one instruction that uses it
  std::vector<int> drug_rows_, rate_rows_, count_rows_;
  std::vector<lanes::Instruction> body_, derivative_body_, count_body_;
  std::vector<int> followed_;
  std::vector<lanes::Derivative> derivatives_;
  EliminationPlan elimination_;
  lanes::Code code_;
  lanes::Implicit implicit_;
  int rows_ = 0;
  bool reads_inputs_ = false;
};

}  // namespace nadir

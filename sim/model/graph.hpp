#pragma once
/// Expressions written down: each operation once, however often it is used.

#include <map>
#include <span>
#include <tuple>
#include <vector>

#include "sim/math/elementary.hpp"

namespace nadir {

/// One number of the equations, or one operation on two earlier ones.
struct Node {
  enum class Kind { constant, parameter, input, state, drug, add, sub, mul, div, exp, log, sqrt, pow };
  Kind kind = Kind::constant;
  int a = -1, b = -1;  ///< earlier nodes; of a parameter, input, state or drug: its number in `a`
  double value = 0.0;  ///< of a constant
  bool moves = false;  ///< depends on a state or a drug, and so changes while nothing happens to the patient
};

class Graph {
 public:
  int constant(double value);
  /// A parameter, input, state or drug by its number.
  int variable(Node::Kind kind, int number);
  /// An operation. What does nothing is left out (x + 0, x·1), and factors that stand still are gathered into one, so
  /// that they are multiplied once a patient and not in every step; a product then has the factor behind.
  int apply(Node::Kind kind, int a, int b = -1);

  const Node& operator[](int node) const { return nodes_[static_cast<std::size_t>(node)]; }
  int size() const { return static_cast<int>(nodes_.size()); }
  bool is(int node, double value) const;

  /// Values of all nodes that do not move, for one patient; the others are left as they are.
  void evaluate_still(std::span<const double> parameters, std::span<const double> inputs, std::span<double> out) const;

 private:
  int keep(const Node& node);
  int scale(int x, int c);
  bool is_scaled(int node) const;
  std::vector<Node> nodes_;
  std::map<std::tuple<Node::Kind, int, int, double>, int> known_;
};

}  // namespace nadir

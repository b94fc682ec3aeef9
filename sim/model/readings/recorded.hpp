#pragma once
/// An expression as a graph: running a model's equations on it writes them down, so that many patients can be
/// calculated at once, differentiated, and expanded in time, all from the one text of the header.

#include "sim/model/graph.hpp"

namespace nadir {

/// A number that is known now, or the result of a node.
struct Recorded {
  double value = 0.0;
  Graph* graph = nullptr;
  int node = -1;

  Recorded() = default;
  Recorded(double number) : value(number) {}  // NOLINT: numbers in equations become constants
  Recorded(Graph& owner, int id) : graph(&owner), node(id) {}

  bool known() const { return graph == nullptr; }
  int in(Graph& owner) const { return known() ? owner.constant(value) : node; }
};

namespace recorded_detail {

inline Recorded apply(Node::Kind kind, const Recorded& a, const Recorded& b) {
  Graph& graph = a.known() ? *b.graph : *a.graph;
  return {graph, graph.apply(kind, a.in(graph), b.in(graph))};
}

inline Recorded apply(Node::Kind kind, const Recorded& a) { return {*a.graph, a.graph->apply(kind, a.node)}; }

}  // namespace recorded_detail

inline Recorded operator+(const Recorded& a, const Recorded& b) {
  if (a.known() && b.known()) return a.value + b.value;
  return recorded_detail::apply(Node::Kind::add, a, b);
}
inline Recorded operator-(const Recorded& a, const Recorded& b) {
  if (a.known() && b.known()) return a.value - b.value;
  return recorded_detail::apply(Node::Kind::sub, a, b);
}
inline Recorded operator*(const Recorded& a, const Recorded& b) {
  if (a.known() && b.known()) return a.value * b.value;
  return recorded_detail::apply(Node::Kind::mul, a, b);
}
inline Recorded operator/(const Recorded& a, const Recorded& b) {
  if (a.known() && b.known()) return a.value / b.value;
  return recorded_detail::apply(Node::Kind::div, a, b);
}
inline Recorded exp(const Recorded& a) {
  if (a.known()) return exp(a.value);
  return recorded_detail::apply(Node::Kind::exp, a);
}
inline Recorded log(const Recorded& a) {
  if (a.known()) return log(a.value);
  return recorded_detail::apply(Node::Kind::log, a);
}
inline Recorded sqrt(const Recorded& a) {
  if (a.known()) return __builtin_sqrt(a.value);
  return recorded_detail::apply(Node::Kind::sqrt, a);
}
inline Recorded pow(const Recorded& a, const Recorded& b) {
  if (a.known() && b.known()) return pow(a.value, b.value);
  return recorded_detail::apply(Node::Kind::pow, a, b);
}

}  // namespace nadir

#include "sim/model/graph.hpp"

#include <cmath>

namespace nadir {

namespace {

using Kind = Node::Kind;

double calculate(Kind kind, double a, double b) {
  switch (kind) {
    case Kind::add:
      return a + b;
    case Kind::sub:
      return a - b;
    case Kind::mul:
      return a * b;
    case Kind::div:
      return a / b;
    case Kind::exp:
      return exp(a);
    case Kind::log:
      return log(a);
    case Kind::sqrt:
      return std::sqrt(a);
    default:
      return pow(a, b);
  }
}

}  // namespace

bool Graph::is(int node, double value) const {
  return (*this)[node].kind == Kind::constant && (*this)[node].value == value;
}

int Graph::keep(const Node& node) {
  const auto [place, fresh] = known_.try_emplace({node.kind, node.a, node.b, node.value}, size());
  if (fresh) nodes_.push_back(node);
  return place->second;
}

int Graph::constant(double value) { return keep({.kind = Kind::constant, .value = value}); }

int Graph::variable(Kind kind, int number) {
  return keep({.kind = kind, .a = number, .moves = kind == Kind::state || kind == Kind::drug});
}

int Graph::apply(Kind kind, int a, int b) {
  const bool one_operand = b < 0;
  if ((*this)[a].kind == Kind::constant && (one_operand || (*this)[b].kind == Kind::constant))
    return constant(calculate(kind, (*this)[a].value, one_operand ? 0.0 : (*this)[b].value));
  if ((kind == Kind::add || kind == Kind::sub) && is(b, 0.0)) return a;
  if (kind == Kind::add && is(a, 0.0)) return b;
  if ((kind == Kind::mul || kind == Kind::div) && is(b, 1.0)) return a;
  if (kind == Kind::mul && is(a, 1.0)) return b;
  // A power whose exponent moves is what the kernels can expand in time.
  if (kind == Kind::pow && (*this)[b].moves) return apply(Kind::exp, apply(Kind::mul, b, apply(Kind::log, a)));
  const bool a_moves = (*this)[a].moves, b_moves = !one_operand && (*this)[b].moves;
  if (kind == Kind::div && a_moves && !b_moves) return scale(a, apply(Kind::div, constant(1.0), b));
  if (kind == Kind::mul && a_moves != b_moves) return a_moves ? scale(a, b) : scale(b, a);
  if (kind == Kind::add && is_scaled(a) && is_scaled(b) && (*this)[a].a == (*this)[b].a)
    return scale((*this)[a].a, apply(Kind::add, (*this)[a].b, (*this)[b].b));
  return keep({.kind = kind, .a = a, .b = b, .moves = a_moves || b_moves});
}

/// x·c for an x that moves and a c that stands still. A factor of a factor becomes one, calculated beforehand.
int Graph::scale(int x, int c) {
  if (is(c, 1.0)) return x;
  if (is_scaled(x)) return scale((*this)[x].a, apply(Kind::mul, (*this)[x].b, c));
  return keep({.kind = Kind::mul, .a = x, .b = c, .moves = true});
}

bool Graph::is_scaled(int node) const {
  const Node& n = (*this)[node];
  return n.kind == Kind::mul && (*this)[n.a].moves && !(*this)[n.b].moves;
}

void Graph::evaluate_still(std::span<const double> parameters, std::span<const double> inputs,
                           std::span<double> out) const {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const Node& node = nodes_[i];
    if (node.moves) continue;
    const auto number = static_cast<std::size_t>(node.a);
    if (node.kind == Kind::constant) {
      out[i] = node.value;
    } else if (node.kind == Kind::parameter) {
      out[i] = parameters[number];
    } else if (node.kind == Kind::input) {
      out[i] = inputs[number];
    } else {
      out[i] = calculate(node.kind, out[number], node.b < 0 ? 0.0 : out[static_cast<std::size_t>(node.b)]);
    }
  }
}

}  // namespace nadir

#include "sim/model/derivatives.hpp"

namespace nadir {

namespace {

using Kind = Node::Kind;
/// Derivatives of one node by variable; what is not there is zero.
using Slopes = std::map<int, int>;

class Differentiation {
 public:
  Differentiation(Graph& graph, const std::vector<int>& variables)
      : graph_(graph), slopes_(static_cast<std::size_t>(graph.size())) {
    for (std::size_t j = 0; j < variables.size(); ++j)
      slopes_[static_cast<std::size_t>(variables[j])] = {{static_cast<int>(j), graph.constant(1.0)}};
    const int nodes = static_cast<int>(slopes_.size());
    for (int n = 0; n < nodes; ++n)
      if (graph_[n].moves && graph_[n].kind != Kind::state && graph_[n].kind != Kind::drug) differentiate(n);
  }

  const Slopes& of(int node) const { return slopes_[static_cast<std::size_t>(node)]; }

 private:
  int apply(Kind kind, int a, int b = -1) { return graph_.apply(kind, a, b); }

  /// Adds factor·slope of `from` to the slopes of `to`; a factor below zero in `minus` takes it away.
  void gain(Slopes& to, int from, int factor, bool minus = false) {
    for (const auto& [variable, slope] : Slopes(of(from))) {
      const int term = apply(Kind::mul, factor, slope);
      const auto found = to.find(variable);
      if (found != to.end()) {
        found->second = apply(minus ? Kind::sub : Kind::add, found->second, term);
      } else {
        to[variable] = minus ? apply(Kind::sub, graph_.constant(0.0), term) : term;
      }
    }
  }

  void differentiate(int n) {
    const Node node = graph_[n];
    const int one = graph_.constant(1.0);
    Slopes slopes;
    switch (node.kind) {
      case Kind::add:
      case Kind::sub:
        gain(slopes, node.a, one);
        gain(slopes, node.b, one, node.kind == Kind::sub);
        break;
      case Kind::mul:
        gain(slopes, node.a, node.b);
        gain(slopes, node.b, node.a);
        break;
      case Kind::div:
        gain(slopes, node.a, apply(Kind::div, one, node.b));
        if (graph_[node.b].moves) gain(slopes, node.b, apply(Kind::div, n, node.b), true);
        break;
      case Kind::exp:
        gain(slopes, node.a, n);
        break;
      case Kind::log:
        gain(slopes, node.a, apply(Kind::div, one, node.a));
        break;
      case Kind::sqrt:
        gain(slopes, node.a, apply(Kind::div, graph_.constant(0.5), n));
        break;
      case Kind::pow:
        gain(slopes, node.a, apply(Kind::div, apply(Kind::mul, node.b, n), node.a));
        break;
      default:
        break;
    }
    slopes_[static_cast<std::size_t>(n)] = std::move(slopes);
  }

  Graph& graph_;
  std::vector<Slopes> slopes_;
};

}  // namespace

std::vector<Partial> differentiate(Graph& graph, const std::vector<int>& functions, const std::vector<int>& variables) {
  const Differentiation all(graph, variables);
  std::vector<Partial> list;
  for (std::size_t i = 0; i < functions.size(); ++i)
    for (const auto& [variable, node] : all.of(functions[i]))
      if (!graph.is(node, 0.0)) list.push_back({static_cast<int>(i), variable, node});
  return list;
}

}  // namespace nadir

#include "sim/model/program.hpp"

#include <algorithm>

#include "sim/model/readings/recorded.hpp"

namespace nadir {

namespace {

using Operation = Node::Kind;
using lanes::Op;

Op operation(Operation kind) {
  switch (kind) {
    case Operation::add:
      return Op::add;
    case Operation::sub:
      return Op::sub;
    case Operation::mul:
      return Op::mul;
    case Operation::div:
      return Op::div;
    case Operation::exp:
      return Op::exp;
    case Operation::log:
      return Op::log;
    case Operation::sqrt:
      return Op::sqrt;
    default:
      return Op::pow;
  }
}

bool is_operation(const Node& node) { return node.kind >= Operation::add; }

std::vector<Recorded> variables(Graph& graph, Operation kind, std::size_t count, std::vector<int>* nodes = nullptr) {
  std::vector<Recorded> list;
  for (std::size_t i = 0; i < count; ++i) {
    list.emplace_back(graph, graph.variable(kind, static_cast<int>(i)));
    if (nodes != nullptr) nodes->push_back(list.back().node);
  }
  return list;
}

}  // namespace

Program::Program(const Assembly& assembly, Derivatives derivatives) {
  record(assembly);
  std::vector<int> roots = rate_nodes_;
  roots.insert(roots.end(), count_nodes_.begin(), count_nodes_.end());
  const std::vector<int> equations = reachable(roots);

  std::vector<Partial> partials;
  if (derivatives == Derivatives::yes) {
    std::vector<int> by = state_nodes_;
    by.insert(by.end(), drug_nodes_.begin(), drug_nodes_.end());
    partials = differentiate(graph_, rate_nodes_, by);
    for (const Partial& partial : partials) roots.push_back(partial.node);
  }
  const std::vector<int> all = reachable(roots);
  number(all, roots);
  count_uses(all, roots);
  body_ = emit(equations);
  code_.rows = rows_;
  derivative_body_ = emit(all);
  link(derivatives == Derivatives::yes, partials);
}

/// Writes the equations down: every model's own text, on expressions instead of numbers.
void Program::record(const Assembly& assembly) {
  const std::size_t states = assembly.states();
  const auto parameters = variables(graph_, Operation::parameter, assembly.parameters());
  const auto inputs = variables(graph_, Operation::input, states);
  const auto x = variables(graph_, Operation::state, states, &state_nodes_);
  const auto amounts = variables(graph_, Operation::drug, assembly.drugs.size(), &drug_nodes_);
  std::vector<Recorded> rates(states);
  assembly.rhs<Recorded>(x.data(), parameters, amounts, inputs, rates.data());
  for (const Recorded& rate : rates) rate_nodes_.push_back(rate.in(graph_));
  for (const MarrowSlot& marrow : assembly.marrows)
    count_nodes_.push_back(marrow.model->recorded.count(&x[marrow.states], &parameters[marrow.params]).in(graph_));
  for (std::size_t d = 0; d < assembly.drugs.size(); ++d) {
    const KineticsModel& model = *assembly.drugs[d].model;
    if (model.linear) continue;
    const Recorded shown = assembly.concentration<Recorded>(d, x.data(), parameters, amounts) / model.amount_scale;
    count_nodes_.push_back(shown.in(graph_));
  }
}

/// All nodes that the roots depend on, in the order of the graph: operands first.
std::vector<int> Program::reachable(std::vector<int> roots) const {
  std::vector<char> seen(static_cast<std::size_t>(graph_.size()), 0);
  while (!roots.empty()) {
    const int node = roots.back();
    roots.pop_back();
    if (std::exchange(seen[static_cast<std::size_t>(node)], char{1}) != 0) continue;
    if (!is_operation(graph_[node])) continue;
    roots.push_back(graph_[node].a);
    if (graph_[node].b >= 0) roots.push_back(graph_[node].b);
  }
  std::vector<int> list;
  for (int node = 0; node < graph_.size(); ++node)
    if (seen[static_cast<std::size_t>(node)] != 0) list.push_back(node);
  return list;
}

/// Rows of constants, states and drugs. A constant is what stands still and meets something that moves.
void Program::number(const std::vector<int>& nodes, const std::vector<int>& roots) {
  rows_of_.assign(static_cast<std::size_t>(graph_.size()), -1);
  const auto need_constant = [&](int node) {
    if (node < 0 || moving(node) || row(node) >= 0) return;
    row(node) = static_cast<int>(constant_nodes_.size());
    constant_nodes_.push_back(node);
  };
  for (const int node : nodes) {
    if (graph_[node].kind == Operation::input) reads_inputs_ = true;
    if (!moving(node) || !is_operation(graph_[node])) continue;
    need_constant(graph_[node].a);
    need_constant(graph_[node].b);
  }
  for (const int root : roots) need_constant(root);
  int next = code_.constants = static_cast<int>(constant_nodes_.size());
  for (const int node : state_nodes_) row(node) = next++;
  code_.states = static_cast<int>(state_nodes_.size());
  for (const int node : drug_nodes_) {
    const bool read = std::binary_search(nodes.begin(), nodes.end(), node);
    drug_rows_.push_back(read ? next : -1);
    if (read) row(node) = next++, ++code_.drugs;
  }
  rows_ = next;
}

void Program::count_uses(const std::vector<int>& nodes, const std::vector<int>& roots) {
  uses_.assign(static_cast<std::size_t>(graph_.size()), 0);
  const auto use = [&](int node) { ++uses_[static_cast<std::size_t>(node)]; };
  for (const int node : nodes) {
    if (!moving(node) || !is_operation(graph_[node])) continue;
    use(graph_[node].a);
    if (graph_[node].b >= 0) use(graph_[node].b);
  }
  for (const int root : roots) use(root);
  absorbed_.assign(uses_.size(), 0);
  for (auto place = nodes.rbegin(); place != nodes.rend(); ++place) {  // users before what they use
    const int node = *place;
    if (!moving(node) || !is_operation(graph_[node]) || absorbed_[static_cast<std::size_t>(node)] != 0) continue;
    if (const int operand = absorbed_by(node); operand >= 0) absorbed_[static_cast<std::size_t>(operand)] = 1;
  }
}

/// The instruction of a node; operands are given by node here. An operand that is used here alone may be done at the
/// same time.
lanes::Instruction Program::translate(int node) const {
  const Node& n = graph_[node];
  const bool a_moves = moving(n.a), b_moves = n.b >= 0 && moving(n.b);
  const auto once = [&](int operand, Operation kind) {
    return moving(operand) && graph_[operand].kind == kind && uses(operand) == 1;
  };
  const auto scaled_once = [&](int operand) { return once(operand, Operation::mul) && !moving(graph_[operand].b); };
  const auto product_once = [&](int operand) { return once(operand, Operation::mul) && moving(graph_[operand].b); };
  if (n.kind == Operation::mul && !b_moves && once(n.a, Operation::sub))
    return {Op::difference, node, graph_[n.a].a, graph_[n.a].b, n.b};
  if (n.kind == Operation::mul && b_moves) {
    for (const auto& [part, other] : {std::pair{n.a, n.b}, std::pair{n.b, n.a}})
      if (scaled_once(part) && part != other) return {Op::product, node, graph_[part].a, other, graph_[part].b};
  }
  if (n.kind == Operation::sub && !b_moves && product_once(n.a))
    return {Op::excess, node, graph_[n.a].a, graph_[n.a].b, n.b};
  if (n.kind == Operation::sub && !a_moves && scaled_once(n.b))
    return {Op::complement, node, graph_[n.b].a, graph_[n.b].b, n.a};
  if (n.kind == Operation::pow && once(n.a, Operation::div) && !moving(graph_[n.a].a))
    return {Op::power, node, graph_[n.a].b, n.b, graph_[n.a].a};
  return {operation(n.kind), node, n.a, n.b < 0 ? n.a : n.b, n.a};
}

/// The operand that an instruction does at the same time; −1: none.
int Program::absorbed_by(int node) const {
  const lanes::Instruction in = translate(node);
  const Node& n = graph_[node];
  switch (in.op) {
    case Op::difference:
    case Op::excess:
    case Op::power:
      return n.a;
    case Op::complement:
      return n.b;
    case Op::product:
      return in.b == n.b ? n.a : n.b;
    default:
      return -1;
  }
}

/// Instructions of the nodes that have no row yet.
std::vector<lanes::Instruction> Program::emit(const std::vector<int>& nodes) {
  std::vector<lanes::Instruction> body;
  for (const int node : nodes) {
    if (!moving(node) || !is_operation(graph_[node]) || row(node) >= 0) continue;
    if (absorbed_[static_cast<std::size_t>(node)] != 0) continue;
    lanes::Instruction in = translate(node);
    row(node) = rows_++;
    body.push_back({in.op, row(in.to), row(in.a), row(in.b), row(in.c)});
  }
  return body;
}

/// The instructions and states that counts depend on.
void Program::follow_counts() {
  std::vector<char> needed(static_cast<std::size_t>(rows_), 0);
  for (const int count : count_rows_) needed[static_cast<std::size_t>(count)] = 1;
  for (auto in = body_.rbegin(); in != body_.rend(); ++in) {
    if (needed[static_cast<std::size_t>(in->to)] == 0) continue;
    for (const int operand : {in->a, in->b, in->c}) needed[static_cast<std::size_t>(operand)] = 1;
    count_body_.push_back(*in);
  }
  std::reverse(count_body_.begin(), count_body_.end());
  for (int s = 0; s < code_.states; ++s)
    if (needed[static_cast<std::size_t>(code_.first_state() + s)] != 0) followed_.push_back(s);
}

void Program::link(bool with_derivatives, const std::vector<Partial>& partials) {
  for (const int node : rate_nodes_) rate_rows_.push_back(row(node));
  for (const int node : count_nodes_) count_rows_.push_back(row(node));
  code_.body = body_.data();
  code_.instructions = static_cast<int>(body_.size());
  code_.rates = rate_rows_.data();
  code_.signals = count_rows_.data();
  code_.counts = static_cast<int>(count_rows_.size());
  code_.counts_are_states = std::all_of(count_rows_.begin(), count_rows_.end(),
                                        [&](int r) { return r >= code_.first_state() && r < code_.first_drug(); });
  if (!with_derivatives) return;

  std::vector<std::pair<int, int>> pattern;
  for (const Partial& partial : partials)
    if (partial.variable < code_.states) pattern.emplace_back(partial.function, partial.variable);
  elimination_ = plan_elimination(code_.states, pattern);
  std::size_t entry = 0;
  for (const Partial& partial : partials) {
    const bool of_state = partial.variable < code_.states;
    const int drug = of_state ? 0 : row(drug_nodes_[static_cast<std::size_t>(partial.variable - code_.states)]);
    derivatives_.push_back({partial.function, of_state ? partial.variable : drug - code_.first_state(),
                            row(partial.node), of_state ? elimination_.entries[entry++] : 0});
  }
  follow_counts();
  implicit_ = {.body = derivative_body_.data(),
               .instructions = static_cast<int>(derivative_body_.size()),
               .derivatives = derivatives_.data(),
               .derivative_count = static_cast<int>(derivatives_.size()),
               .slots = elimination_.slots,
               .diagonal = elimination_.diagonal.data(),
               .eliminations = elimination_.eliminations.data(),
               .elimination_count = static_cast<int>(elimination_.eliminations.size()),
               .substitutions = elimination_.substitutions.data(),
               .substitution_count = static_cast<int>(elimination_.substitutions.size()),
               .substitution_terms = elimination_.terms.data(),
               .count_body = count_body_.data(),
               .count_instructions = static_cast<int>(count_body_.size()),
               .followed = followed_.data(),
               .followed_count = static_cast<int>(followed_.size())};
}

void Program::place_constants(std::span<const double> parameters, std::span<const double> inputs, double* values,
                              int lane, std::vector<double>& room) const {
  room.resize(static_cast<std::size_t>(graph_.size()));
  graph_.evaluate_still(parameters, inputs, room);
  double* to = values + lane;
  for (const int node : constant_nodes_) *to = room[static_cast<std::size_t>(node)], to += lanes::width;
}

}  // namespace nadir

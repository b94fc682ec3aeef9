#include "sim/model/graph.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/model/readings/recorded.hpp"

namespace nadir {
namespace {

class GraphTest : public testing::Test {
 protected:
  Graph graph;
  Recorded variable(Node::Kind kind, int number) { return {graph, graph.variable(kind, number)}; }
  Recorded state(int number) { return variable(Node::Kind::state, number); }
  Recorded parameter(int number) { return variable(Node::Kind::parameter, number); }
};

TEST_F(GraphTest, WritesAnOperationDownOnceHoweverOftenItIsUsed) {
  const Recorded x = state(0), y = state(1);
  const Recorded sum = x + y;
  const int size = graph.size();
  EXPECT_EQ((x + y).node, sum.node);
  EXPECT_EQ(graph.size(), size);
}

TEST_F(GraphTest, LeavesOutWhatDoesNothing) {
  const Recorded x = state(0);
  EXPECT_EQ((x + 0.0).node, x.node);
  EXPECT_EQ((0.0 + x).node, x.node);
  EXPECT_EQ((x - 0.0).node, x.node);
  EXPECT_EQ((x * 1.0).node, x.node);
  EXPECT_EQ((1.0 * x).node, x.node);
  EXPECT_EQ((x / 1.0).node, x.node);
}

TEST_F(GraphTest, KnowsWhatMovesAndWhatStandsStill) {
  const Recorded x = state(0), p = parameter(0), drug = variable(Node::Kind::drug, 0);
  EXPECT_TRUE(graph[(x * p).node].moves);
  EXPECT_TRUE(graph[exp(drug).node].moves);
  EXPECT_FALSE(graph[(p * p + 2.0).node].moves);
}

TEST_F(GraphTest, GathersFactorsThatStandStillIntoOne) {
  const Recorded x = state(0), p = parameter(0), q = parameter(1);
  const Recorded product = p * (x * q) / 2.0;
  const Node& node = graph[product.node];
  EXPECT_EQ(node.kind, Node::Kind::mul);
  EXPECT_EQ(node.a, x.node);
  EXPECT_FALSE(graph[node.b].moves);
}

TEST_F(GraphTest, EvaluatesWhatStandsStillForAPatient) {
  const Recorded p = parameter(0), q = parameter(1), input = variable(Node::Kind::input, 1);
  const Recorded value = sqrt(p) + exp(q) * log(p) - pow(p, q) / input;
  std::vector<double> out(static_cast<std::size_t>(graph.size()));
  graph.evaluate_still(std::vector<double>{2.0, 0.5}, std::vector<double>{0.0, 4.0}, out);
  EXPECT_NEAR(out[static_cast<std::size_t>(value.node)],
              std::sqrt(2.0) + std::exp(0.5) * std::log(2.0) - std::sqrt(2.0) / 4.0, 1e-15);
}

}  // namespace
}  // namespace nadir

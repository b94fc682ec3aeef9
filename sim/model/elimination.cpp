#include "sim/model/elimination.hpp"

#include <map>
#include <set>
#include <span>

namespace nadir {

namespace {

using lanes::Elimination;
using Place = std::pair<int, int>;

class Planner {
 public:
  Planner(int size, const std::vector<Place>& pattern) : size_(size) {
    for (int i = 0; i < size; ++i) plan_.diagonal.push_back(slot({i, i}));
    for (const Place& place : pattern) plan_.entries.push_back(slot(place));
    for (int i = 0; i < size; ++i) remaining_.insert(i);
  }

  EliminationPlan make() {
    std::vector<int> order;
    while (!remaining_.empty()) {
      order.push_back(cheapest());
      remaining_.erase(order.back());
      eliminate(order.back());
    }
    forward(order);
    backward(order);
    plan_.slots = static_cast<int>(slots_.size());
    return std::move(plan_);
  }

 private:
  int slot(Place place) { return slots_.try_emplace(place, static_cast<int>(slots_.size())).first->second; }
  bool filled(int row, int column) const { return slots_.contains({row, column}); }

  /// Rows below and columns beside a pivot, among those that remain.
  std::vector<int> below(int pivot) const {
    std::vector<int> rows;
    for (const int row : remaining_)
      if (row != pivot && filled(row, pivot)) rows.push_back(row);
    return rows;
  }
  std::vector<int> beside(int pivot) const {
    std::vector<int> columns;
    for (const int column : remaining_)
      if (column != pivot && filled(pivot, column)) columns.push_back(column);
    return columns;
  }

  int cheapest() const {
    int best = -1;
    std::size_t least = 0;
    for (const int pivot : remaining_) {
      const std::size_t cost = below(pivot).size() * beside(pivot).size();
      if (best < 0 || cost < least) best = pivot, least = cost;
    }
    return best;
  }

  void eliminate(int pivot) {
    const int diagonal = slot({pivot, pivot});
    plan_.eliminations.push_back({Elimination::Kind::invert, diagonal, 0, 0});
    const std::vector<int> columns = beside(pivot);
    for (const int row : below(pivot)) {
      const int factor = slot({row, pivot});
      plan_.eliminations.push_back({Elimination::Kind::scale, factor, diagonal, 0});
      for (const int column : columns)
        plan_.eliminations.push_back({Elimination::Kind::subtract, slot({row, column}), factor, slot({pivot, column})});
    }
  }

  /// Rows that have nothing before them stay as they are.
  void forward(const std::vector<int>& order) {
    for (std::size_t k = 0; k < order.size(); ++k) {
      const int terms = gather(order[k], std::span(order).first(k));
      if (terms > 0) plan_.substitutions.push_back({order[k], terms, -1});
    }
  }

  void backward(const std::vector<int>& order) {
    for (std::size_t k = order.size(); k-- > 0;) {
      const int terms = gather(order[k], std::span(order).subspan(k + 1));
      plan_.substitutions.push_back({order[k], terms, slot({order[k], order[k]})});
    }
  }

  /// The terms of a row with the unknowns of other rows; how many there are.
  int gather(int row, std::span<const int> others) {
    int count = 0;
    for (const int other : others) {
      if (!filled(row, other)) continue;
      plan_.terms.push_back({slot({row, other}), other});
      ++count;
    }
    return count;
  }

  int size_;
  std::map<Place, int> slots_;
  std::set<int> remaining_;
  EliminationPlan plan_;
};

}  // namespace

EliminationPlan plan_elimination(int size, const std::vector<std::pair<int, int>>& pattern) {
  return Planner(size, pattern).make();
}

}  // namespace nadir

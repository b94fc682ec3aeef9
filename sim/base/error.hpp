#pragma once
/// What is wrong with the user's input: place, cause and next step. All problems of a file are reported together.

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/place.hpp"

namespace nadir {

struct Problem {
  Place place;
  std::string message;  ///< the cause, in the user's words
  std::string hint;     ///< the next step; may be empty
};

/// The problem as a compiler would print it: place, line, caret, hint.
std::string print(const Problem& problem);

/// Input that cannot be run. what() is the printed text of all problems.
class ScenarioError : public std::runtime_error {
 public:
  explicit ScenarioError(std::vector<Problem> problems);
  const std::vector<Problem>& problems() const { return problems_; }

 private:
  std::vector<Problem> problems_;
};

/// Collects problems while a file is read; `raise` ends the reading when there are any.
class Problems {
 public:
  void add(Place place, std::string message, std::string hint = "") {
    list_.push_back({std::move(place), std::move(message), std::move(hint)});
  }
  void add(std::vector<Problem> problems) {
    for (Problem& problem : problems) list_.push_back(std::move(problem));
  }
  bool empty() const { return list_.empty(); }
  const std::vector<Problem>& list() const { return list_; }

  /// Throws ScenarioError when anything was added, in the order of files and lines.
  void raise() const;

 private:
  std::vector<Problem> list_;
};

/// A single problem, at once.
[[noreturn]] void raise(Place place, std::string message, std::string hint = "");

}  // namespace nadir

#include "sim/base/error.hpp"

#include <algorithm>
#include <tuple>

namespace nadir {

namespace {

constexpr std::size_t most_printed = 50;  // a table of 10^6 wrong rows must not print 10^6 errors

std::string print_all(const std::vector<Problem>& problems) {
  std::string text;
  for (std::size_t i = 0; i < std::min(problems.size(), most_printed); ++i) text += print(problems[i]);
  if (problems.size() > most_printed)
    text += "… and " + std::to_string(problems.size() - most_printed) + " more errors\n";
  return text;
}

/// Blanks up to the caret; tabs are kept so that the caret stands under its character.
std::string indent_like(const std::string& line, int column) {
  std::string blanks;
  for (int i = 0; i + 1 < column; ++i)
    blanks += static_cast<std::size_t>(i) < line.size() && line[static_cast<std::size_t>(i)] == '\t' ? '\t' : ' ';
  return blanks;
}

}  // namespace

std::string print(const Problem& problem) {
  const Place& place = problem.place;
  std::string text = place.file;
  if (place.line > 0) text += ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
  text += (text.empty() ? "error: " : ": error: ") + problem.message + "\n";
  if (place.line > 0) {
    const std::string number = std::to_string(place.line);
    const std::string margin(number.size() < 5 ? 5 - number.size() : 0, ' ');
    text += margin + number + " | " + place.text.substr(0, 200) + "\n";
    if (place.column <= 200) {
      text += std::string(margin.size() + number.size(), ' ') + " | " + indent_like(place.text, place.column) +
              std::string(static_cast<std::size_t>(std::clamp(place.length, 1, 100)), '^') + "\n";
    }
  }
  if (!problem.hint.empty()) text += "      = help: " + problem.hint + "\n";
  return text;
}

ScenarioError::ScenarioError(std::vector<Problem> problems)
    : std::runtime_error(print_all(problems)), problems_(std::move(problems)) {}

void Problems::raise() const {
  if (list_.empty()) return;
  std::vector<Problem> sorted = list_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.place.file, a.place.line, a.place.column) < std::tie(b.place.file, b.place.line, b.place.column);
  });
  throw ScenarioError(std::move(sorted));
}

void raise(Place place, std::string message, std::string hint) {
  throw ScenarioError({{std::move(place), std::move(message), std::move(hint)}});
}

}  // namespace nadir

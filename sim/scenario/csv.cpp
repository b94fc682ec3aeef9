#include "sim/scenario/csv.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace nadir {

namespace {

std::string trim(std::string text) {
  const auto blank = [](unsigned char c) { return std::isspace(c) != 0; };
  while (!text.empty() && blank(static_cast<unsigned char>(text.back()))) text.pop_back();
  while (!text.empty() && blank(static_cast<unsigned char>(text.front()))) text.erase(text.begin());
  return text;
}

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  for (std::string& cell : cells) cell = trim(cell);
  return cells;
}

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

Place CsvTable::at(std::size_t row, std::size_t column) const {
  Place place{file, static_cast<int>(row) + 2, 1, 1, ""};
  if (row + 1 >= lines.size()) return place;
  place.text = lines[row + 1];
  std::size_t begin = 0;
  for (std::size_t i = 0; i < column && begin != std::string::npos; ++i) begin = place.text.find(',', begin) + 1;
  place.column = static_cast<int>(begin) + 1;
  place.length = static_cast<int>(std::min(place.text.find(',', begin), place.text.size()) - begin);
  return place;
}

CsvTable read_csv(const std::string& text, const std::string& file, Problems& problems) {
  CsvTable table{.file = file};
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    table.lines.push_back(line);
  }
  while (!table.lines.empty() && trim(table.lines.back()).empty()) table.lines.pop_back();
  if (table.lines.empty()) {
    problems.add({file}, "the table is empty", "its first line names the columns: ID,TIME,AMT,…");
    return table;
  }
  if (table.lines[0].starts_with("\xEF\xBB\xBF")) table.lines[0].erase(0, 3);
  for (const std::string& word : split(table.lines[0])) {
    if (std::find(table.header.begin(), table.header.end(), upper(word)) != table.header.end())
      problems.add({file, 1, 1, 1, table.lines[0]}, "the column '" + word + "' stands twice", "name each column once");
    table.header.push_back(upper(word));
  }
  for (std::size_t i = 1; i < table.lines.size(); ++i) {
    table.cells.push_back(split(table.lines[i]));
    if (table.cells.back().size() != table.header.size()) {
      problems.add({file, static_cast<int>(i) + 1, 1, static_cast<int>(table.lines[i].size()), table.lines[i]},
                   "this line has " + std::to_string(table.cells.back().size()) + " cells, the header " +
                       std::to_string(table.header.size()),
                   "every line has as many cells as the header; a missing value is '.'");
      table.cells.back().resize(table.header.size(), ".");
    }
  }
  return table;
}

}  // namespace nadir

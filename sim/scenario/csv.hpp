#pragma once
/// A table of comma-separated values with a header, as lines and cells with places.

#include <string>
#include <vector>

#include "sim/base/error.hpp"

namespace nadir {

struct CsvTable {
  std::string file;
  std::vector<std::string> header;              ///< in upper case
  std::vector<std::vector<std::string>> cells;  ///< one list a line; all as long as the header
  std::vector<std::string> lines;               ///< of the file, from the first

  /// Where a cell stands; rows count from 0 below the header.
  Place at(std::size_t row, std::size_t column) const;
};

/// Splits a text into cells. Cells may stand in double quotes; blanks around them are dropped. A line of another length
/// than the header, a header word that stands twice or in mixed case is a problem.
CsvTable read_csv(const std::string& text, const std::string& file, Problems& problems);

}  // namespace nadir

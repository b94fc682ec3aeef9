#pragma once
/// Where in a file something stands, so that an error can show it.

#include <string>

namespace nadir {

/// A position in a text file. Line and column count from 1; 0 means unknown (a value given on the command line).
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
  int length = 1;    ///< characters to underline
  std::string text;  ///< the whole line, as written
};

}  // namespace nadir

#pragma once
/// Data that are not part of the project; what needs them is skipped, loudly, where they are absent.

#include <zlib.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace nadir::test {

/// A file of the folder NADIR_SHARED_DATA, or of ../shared/data beside the project.
inline std::filesystem::path shared_file(const std::string& name) {
  const char* folder = std::getenv("NADIR_SHARED_DATA");
  return std::filesystem::path(folder != nullptr ? folder : NADIR_SOURCE_DIR "/../shared/data") / name;
}

/// The rows of a CSV of numbers, without its header; compressed by gzip or not.
inline std::vector<std::vector<double>> read_numbers(const std::filesystem::path& path) {
  const gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) throw std::runtime_error("cannot read " + path.string());
  std::vector<std::vector<double>> rows;
  char line[4096];
  for (bool header = true; gzgets(file, line, sizeof line) != nullptr; header = false) {
    if (header) continue;
    std::vector<double> row;
    for (char* cell = line; *cell != '\0' && *cell != '\n';) {
      char* end = nullptr;
      row.push_back(std::strtod(cell, &end));
      cell = *end == ',' ? end + 1 : end;
    }
    rows.push_back(std::move(row));
  }
  gzclose(file);
  return rows;
}

}  // namespace nadir::test

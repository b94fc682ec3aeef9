#include "sim/scenario/source.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "sim/scenario/presets.hpp"

namespace nadir {

namespace {

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

}  // namespace

std::string read_text(const std::filesystem::path& path, std::size_t most_bytes, const Place& asked_from) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    if (const Preset* preset = find_preset(path.string())) return std::string(preset->text);
    raise(asked_from, "there is no file '" + path.string() + "'",
          "check the path; 'nadir presets' lists the scenarios that come with nadir");
  }
  if (!std::filesystem::is_regular_file(path, error))
    raise(asked_from, "'" + path.string() + "' is not a file", "give the path of a text file");
  const auto size = std::filesystem::file_size(path, error);
  if (!error && size > most_bytes) {
    raise(asked_from,
          "'" + path.string() + "' has " + std::to_string(size) + " bytes; the limit is " + std::to_string(most_bytes),
          "a scenario is a short text: is this the right file?");
  }
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream || errno == EACCES)
    raise(asked_from, "cannot read '" + path.string() + "': " + std::strerror(errno), "check its permissions");
  return std::move(text).str();
}

toml::table Sources::parse(const std::string& text, const std::string& name) {
  lines_[name] = split_lines(text);
  if (text.find('\0') != std::string::npos) raise({name}, "the file holds NUL bytes", "a scenario is a UTF-8 text");
  try {
    return toml::parse(text, name);
  } catch (const toml::parse_error& error) {
    raise(at(error.source()), std::string(error.description()), "see https://toml.io for the spelling of TOML");
  }
}

Place Sources::at(const toml::source_region& region, int length) const {
  Place place;
  if (region.path) place.file = *region.path;
  place.line = static_cast<int>(region.begin.line);
  place.column = static_cast<int>(region.begin.column);
  if (region.end.line == region.begin.line && region.end.column > region.begin.column)
    place.length = static_cast<int>(region.end.column - region.begin.column);
  if (length > 0) place.length = length;
  const auto found = lines_.find(place.file);
  if (found != lines_.end() && place.line > 0 && static_cast<std::size_t>(place.line) <= found->second.size())
    place.text = found->second[static_cast<std::size_t>(place.line) - 1];
  return place;
}

}  // namespace nadir

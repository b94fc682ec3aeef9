#include "sim/scenario/presets.hpp"

namespace nadir {

const Preset* find_preset(const std::string& path) {
  std::string_view wanted = path;
  if (wanted.ends_with(".toml")) wanted.remove_suffix(5);
  for (const Preset& preset : presets()) {
    if (wanted == preset.name) return &preset;
    if (wanted.ends_with(preset.name) && wanted[wanted.size() - preset.name.size() - 1] == '/') return &preset;
  }
  return nullptr;
}

}  // namespace nadir

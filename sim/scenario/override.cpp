#include "sim/scenario/override.hpp"

#include <sstream>

#include "sim/base/nearest.hpp"

namespace nadir {

namespace {

std::vector<std::string> split_path(const std::string& path) {
  std::vector<std::string> parts;
  std::istringstream stream(path);
  for (std::string part; std::getline(stream, part, '.');) parts.push_back(part);
  return parts;
}

/// The value as TOML, or as a text when it is none: `75 mg/m^2` needs no quotes on a command line.
toml::table parse_value(const std::string& value, const std::string& name, Sources& sources) {
  try {
    return sources.parse("value = " + value, name);
  } catch (const ScenarioError&) {
    std::string quoted = "value = \"";
    for (char c : value) quoted += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
    return sources.parse(quoted + "\"", name);
  }
}

/// The member of a list that a path's part means; nullptr when there is none. `names` collects what could be meant.
toml::node* member(toml::array& list, const std::string& part, std::vector<std::string>& names) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const toml::table* table = list[i].as_table();
    if (part == std::to_string(i)) return list.get(i);
    for (const char* key : {"drug", "model"}) {
      const auto name = table == nullptr ? std::nullopt : (*table)[key].value<std::string>();
      if (name) names.push_back(*name);
      if (name == part) return list.get(i);
    }
  }
  return nullptr;
}

void set(toml::table& root, const std::string& path, toml::node& value, const Place& place, Problems& problems) {
  const std::vector<std::string> parts = split_path(path);
  toml::node* here = &root;
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    std::vector<std::string> names;
    if (toml::table* table = here->as_table()) {
      if (!table->contains(parts[i])) table->insert(parts[i], toml::table{});
      here = table->get(parts[i]);
    } else if (toml::array* list = here->as_array()) {
      here = member(*list, parts[i], names);
    } else {
      here = nullptr;
    }
    if (here == nullptr) {
      problems.add(place, "'" + path + "' leads nowhere at '" + parts[i] + "'", did_you_mean(parts[i], names));
      return;
    }
  }
  toml::table* table = here->as_table();
  if (table == nullptr) {
    problems.add(place, "'" + path + "' does not end in a table's key",
                 "write for example treatment.docetaxel.dose=\"75 mg/m^2\"");
    return;
  }
  // Moved, not copied: a copy would forget where the value was written.
  value.visit([&](auto& concrete) { table->insert_or_assign(parts.back(), std::move(concrete)); });
}

}  // namespace

void apply_overrides(toml::table& table, const Overrides& overrides, Sources& sources, Problems& problems) {
  const auto apply = [&](const std::string& path, const std::string& value, const std::string& name) {
    toml::table parsed = parse_value(value, name, sources);
    set(table, path, *parsed.get("value"), {name}, problems);
  };
  for (const std::string& setting : overrides.settings) {
    const std::size_t equals = setting.find('=');
    const std::string name = "--set " + setting;
    if (equals == std::string::npos || equals == 0) {
      problems.add({name}, "a setting is written key=value", "for example --set time.end=\"42 d\"");
      continue;
    }
    apply(setting.substr(0, equals), setting.substr(equals + 1), name);
  }
  if (overrides.patients) apply("ensemble.patients", std::to_string(*overrides.patients), "--patients");
  if (overrides.seed) apply("ensemble.seed", std::to_string(*overrides.seed), "--seed");
}

std::string print(const Overrides& overrides) {
  std::string text;
  for (const std::string& setting : overrides.settings) text += "--set " + setting + "\n";
  if (overrides.patients) text += "--patients " + std::to_string(*overrides.patients) + "\n";
  if (overrides.seed) text += "--seed " + std::to_string(*overrides.seed) + "\n";
  return text;
}

}  // namespace nadir

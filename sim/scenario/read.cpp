#include <fmt/format.h>

#include "sim/model/registry.hpp"
#include "sim/scenario/override.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/scenario/scenario.hpp"

namespace nadir {

namespace {

/// A value that is a number or a quantity text; what else it may be is a problem.
std::optional<std::variant<double, std::string>> raw_value(Reader& reader, const toml::node& node,
                                                           std::string_view what) {
  if (node.is_string()) return *node.value<std::string>();
  if (node.is_integer() || node.is_floating_point()) return *node.value<double>();
  reader.wrong_type(node, what, "a number, or a text with a unit");
  return std::nullopt;
}

/// `mtt = "95 h"`, or `mtt = { value = "95 h", cv = "20 %" }`.
ParameterText read_parameter(Reader& reader, const toml::key& key, const toml::node& node) {
  ParameterText parameter{.name = std::string(key.str()), .place = reader.sources.at(key)};
  parameter.value_place = reader.sources.at(node);
  if (!node.is_table()) {
    parameter.value = raw_value(reader, node, key.str());
    return parameter;
  }
  static const std::vector<std::string> known{"value", "cv", "omega", "sd"};
  for (auto&& [inner, part] : *node.as_table()) {
    const auto value = raw_value(reader, part, inner.str());
    if (inner == "value") {
      parameter.value = value;
      parameter.value_place = reader.sources.at(part);
    } else if (inner == "cv" || inner == "omega" || inner == "sd") {
      if (!parameter.spread_kind.empty())
        reader.problems.add(reader.sources.at(inner), "the spread is given twice", "give one of cv, omega and sd");
      parameter.spread_kind = std::string(inner.str());
      if (value) parameter.spread = *value;
      parameter.spread_place = reader.sources.at(part);
    } else {
      reader.problems.add(reader.sources.at(inner), fmt::format("unknown key '{}' of a parameter", inner.str()),
                          did_you_mean(inner.str(), known));
    }
  }
  return parameter;
}

/// A model by its id alone, or a table with `model`, `set` and parameters.
ComponentSection read_component(Reader& reader, const toml::node& node, std::string_view what) {
  ComponentSection component;
  if (const auto* text = node.as_string()) {
    component.model = text->get();
    component.place = reader.sources.at(node);
    component.keys["model"] = component.place;
    return component;
  }
  const toml::table* table = node.as_table();
  if (table == nullptr) {
    reader.wrong_type(node, what, "the id of a model, or a table with 'model'");
    return component;
  }
  read_section(reader, *table, component_fields, component, what, [&](const toml::key& key, const toml::node& value) {
    component.parameters.push_back(read_parameter(reader, key, value));
    return true;  // whether the model has such a parameter is checked when the model is known
  });
  return component;
}

TreatmentSection read_treatment(Reader& reader, const toml::table& table) {
  TreatmentSection treatment;
  const auto other = [&](const toml::key& key, const toml::node& node) {
    if (key == "kinetics") {
      treatment.kinetics = read_component(reader, node, "kinetics");
      treatment.keys["kinetics"] = reader.sources.at(node);
      return true;
    }
    if (key != "effect") return false;
    if (const auto* list = node.as_array()) {
      for (const toml::node& item : *list) treatment.effects.push_back(read_component(reader, item, "effect"));
    } else {
      treatment.effects.push_back(read_component(reader, node, "effect"));
    }
    return true;
  };
  read_section(reader, table, treatment_fields, treatment, "[[treatment]]", other, {"kinetics", "effect"});
  return treatment;
}

CorrelationSection read_correlation(Reader& reader, const toml::table& table) {
  CorrelationSection correlation;
  correlation.place = reader.sources.at(table);
  for (auto&& [key, node] : table) {
    correlation.keys[std::string(key.str())] = reader.sources.at(node);
    if (key == "r") {
      if (auto r = reader.number(node, "r", "1", {-1.0, 1.0, false}, false)) correlation.r = *r;
    } else if (key == "between" && node.is_array()) {
      for (const toml::node& item : *node.as_array())
        if (auto name = reader.text(item, "between")) correlation.between.push_back(*name);
    } else {
      reader.problems.add(reader.sources.at(key),
                          fmt::format("unknown or unfit key '{}' in [[correlation]]", key.str()),
                          "a correlation is: between = [\"friberg2002.circ0\", \"friberg2002.mtt\"], r = 0.3");
    }
  }
  if (correlation.between.size() != 2 || !correlation.has("r"))
    reader.problems.add(correlation.place, "a correlation needs two parameters and 'r'",
                        "between = [\"friberg2002.circ0\", \"friberg2002.mtt\"], r = 0.3");
  return correlation;
}

EventsSection read_events(Reader& reader, const toml::table& table) {
  EventsSection events;
  const auto other = [&](const toml::key& key, const toml::node& node) {
    if (key != "columns") return false;
    if (const toml::table* columns = reader.table(node, "columns")) {
      for (auto&& [column, target] : *columns) {
        events.keys["columns." + std::string(column.str())] = reader.sources.at(target);
        if (auto text = reader.text(target, column.str())) events.columns.emplace_back(column.str(), *text);
      }
    }
    return true;
  };
  read_section(reader, table, events_fields, events, "[events]", other, {"columns"});
  return events;
}

void read_covariates(Reader& reader, const toml::table& table, Scenario& scenario) {
  for (auto&& [key, node] : table) {
    if (const auto value = raw_value(reader, node, key.str()))
      scenario.covariates.push_back({std::string(key.str()), reader.sources.at(key), *value});
  }
}

/// Calls `each` for the tables of `[[name]]`.
template <class Each>
void read_list(Reader& reader, const toml::key& key, const toml::node& node, Each each) {
  const toml::array* list = node.as_array();
  if (list == nullptr || !list->is_homogeneous(toml::node_type::table)) {
    reader.problems.add(reader.sources.at(key), fmt::format("'{}' must be a list of tables", key.str()),
                        fmt::format("write it as [[{}]]", key.str()));
    return;
  }
  for (const toml::node& item : *list) each(*item.as_table());
}

bool read_root_key(Reader& reader, const toml::key& key, const toml::node& node, Scenario& scenario) {
  const auto section = [&](const auto& fields, auto& target) {
    if (const toml::table* table = reader.table(node, key.str()))
      read_section(reader, *table, fields, target, fmt::format("[{}]", key.str()));
    return true;
  };
  if (key == "ensemble") return section(ensemble_fields, scenario.ensemble);
  if (key == "time") return section(time_fields, scenario.time);
  if (key == "solver") return section(solver_fields, scenario.solver);
  if (key == "metrics") return section(metrics_fields, scenario.metrics);
  if (key == "output") return section(output_fields, scenario.output);
  if (key == "covariates") {
    if (const toml::table* table = reader.table(node, key.str())) read_covariates(reader, *table, scenario);
  } else if (key == "events") {
    if (const toml::table* table = reader.table(node, key.str())) scenario.events = read_events(reader, *table);
  } else if (key == "marrow") {
    read_list(reader, key, node,
              [&](const toml::table& t) { scenario.marrows.push_back(read_component(reader, t, "[[marrow]]")); });
  } else if (key == "treatment") {
    read_list(reader, key, node,
              [&](const toml::table& t) { scenario.treatments.push_back(read_treatment(reader, t)); });
  } else if (key == "correlation") {
    read_list(reader, key, node,
              [&](const toml::table& t) { scenario.correlations.push_back(read_correlation(reader, t)); });
  } else {
    return false;
  }
  return true;
}

}  // namespace

Scenario read_scenario_text(const std::string& text, const std::string& name, const Overrides& overrides) {
  Sources sources;
  Problems problems;
  Scenario scenario{.file = name, .text = text};
  toml::table table = sources.parse(text, name);
  apply_overrides(table, overrides, sources, problems);
  scenario.overrides = print(overrides);
  Reader reader{sources, problems};
  scenario.root.place = {name, 1, 1, 1, ""};
  scenario.time.place = scenario.ensemble.place = scenario.root.place;
  const auto other = [&](const toml::key& key, const toml::node& node) {
    return read_root_key(reader, key, node, scenario);
  };
  read_section(reader, table, root_fields, scenario.root, "the scenario", other,
               {"ensemble", "time", "solver", "metrics", "output", "covariates", "events", "marrow", "treatment",
                "correlation"});
  if (!table.contains("time"))
    problems.add(scenario.root.place, "the scenario needs [time]", "[time]\n              end = \"21 d\"");
  scenario.problems = problems.list();
  return scenario;
}

Scenario read_scenario(const std::string& path, const Overrides& overrides) {
  const std::string text = read_text(path, most_toml_bytes, {path});
  return read_scenario_text(text, path, overrides);
}

}  // namespace nadir

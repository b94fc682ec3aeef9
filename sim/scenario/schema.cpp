#include <nlohmann/json.hpp>

#include "sim/model/registry.hpp"
#include "sim/population/covariates.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/scenario/scenario.hpp"

namespace nadir {

namespace {

using Json = nlohmann::ordered_json;

template <class S>
Json type_of(const Field<S>& field) {
  const std::string unit(field.unit);
  return std::visit(
      [&](auto member) -> Json {
        using Value = std::remove_reference_t<decltype(std::declval<S&>().*member)>;
        if constexpr (std::is_same_v<Value, bool>) return {{"type", "boolean"}};
        if constexpr (std::is_same_v<Value, std::string>) return {{"type", "string"}};
        if constexpr (std::is_same_v<Value, std::int64_t>) {
          return {{"type", "integer"}, {"minimum", field.range.low}, {"maximum", field.range.high}};
        }
        if constexpr (std::is_same_v<Value, std::vector<double>>) {
          return {{"type", "array"}, {"items", {{"type", Json::array({"number", "string"})}}}};
        }
        if (field.needs_unit) return {{"type", "string"}, {"examples", Json::array({"5 " + unit})}};
        return {{"type", Json::array({"number", "string"})}};
      },
      field.member);
}

/// A section's rows as a JSON object schema.
template <class S, std::size_t N>
Json object(const std::array<Field<S>, N>& fields) {
  Json properties = Json::object(), required = Json::array();
  for (const Field<S>& field : fields) {
    Json entry = type_of(field);
    std::string meaning(field.meaning);
    if (!field.unit.empty() && field.unit != "1") meaning += " [" + std::string(field.unit) + "]";
    entry["description"] = meaning;
    properties[std::string(field.key)] = entry;
    if (field.required) required.push_back(field.key);
  }
  Json schema{{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = required;
  return schema;
}

Json parameter_values() {
  const Json value{{"type", Json::array({"number", "string"})}};
  const Json table{{"type", "object"},
                   {"properties", {{"value", value}, {"cv", value}, {"omega", value}, {"sd", value}}},
                   {"additionalProperties", false}};
  return {{"anyOf", Json::array({value, table})}};
}

/// A component: its model's id, its sets, its parameters.
Json component(Kind kind) {
  Json schema = object(component_fields);
  for (const ModelInfo* model : registry().all()) {
    if (model->kind != kind) continue;
    schema["properties"]["model"]["enum"].push_back(model->id);
    for (const ParamRow& row : model->params) {
      Json entry = parameter_values();
      entry["description"] = std::string(row.meaning) + " [" + std::string(row.unit) + "]";
      schema["properties"][std::string(row.name)] = entry;
    }
  }
  return schema;
}

Json id_or_component(Kind kind) {
  auto ids = registry().ids(kind);
  if (kind == Kind::kinetics) {
    for (const MarrowModel& marrow : registry().marrows)
      if (!marrow.drugs.empty()) ids.emplace_back(marrow.id);
  }
  return {{"anyOf", Json::array({Json{{"type", "string"}, {"enum", ids}}, component(kind)})}};
}

}  // namespace

std::string json_schema() {
  Json schema = object(root_fields);
  Json& properties = schema["properties"];
  properties["ensemble"] = object(ensemble_fields);
  properties["time"] = object(time_fields);
  properties["solver"] = object(solver_fields);
  properties["metrics"] = object(metrics_fields);
  properties["output"] = object(output_fields);
  properties["marrow"] = {{"type", "array"}, {"items", component(Kind::marrow)}};
  Json treatment = object(treatment_fields);
  treatment["properties"]["kinetics"] = id_or_component(Kind::kinetics);
  const Json effect = id_or_component(Kind::effect);
  treatment["properties"]["effect"] = {{"anyOf", Json::array({effect, Json{{"type", "array"}, {"items", effect}}})}};
  properties["treatment"] = {{"type", "array"}, {"items", treatment}};
  properties["correlation"] = {
      {"type", "array"},
      {"items",
       {{"type", "object"},
        {"properties",
         {{"between", {{"type", "array"}, {"items", {{"type", "string"}}}, {"minItems", 2}, {"maxItems", 2}}},
          {"r", {{"type", "number"}, {"exclusiveMinimum", -1}, {"maximum", 1}}}}},
        {"required", Json::array({"between", "r"})},
        {"additionalProperties", false}}}};
  Json events = object(events_fields);
  events["properties"]["columns"] = {{"type", "object"}, {"additionalProperties", {{"type", "string"}}}};
  properties["events"] = events;
  Json covariates{{"type", "object"}, {"additionalProperties", false}};
  for (const KnownCovariate& known : known_covariates) {
    covariates["properties"][std::string(known.name)] = {
        {"type", Json::array({"number", "string"})},
        {"description", std::string(known.meaning) + " [" + std::string(known.unit) + "]"}};
  }
  properties["covariates"] = covariates;
  schema["required"].push_back("time");
  Json root{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "nadir scenario, format 1"}};
  root.update(schema);
  return root.dump(2) + "\n";
}

}  // namespace nadir

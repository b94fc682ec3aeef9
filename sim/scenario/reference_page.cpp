#include "sim/scenario/reference_page.hpp"

#include <fmt/format.h>

#include "sim/metric/measures.hpp"
#include "sim/population/covariates.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/scenario/scenario.hpp"

namespace nadir {

namespace {

template <class S>
std::string standard_value(const Field<S>& field) {
  if (field.required) return "needed";
  const S section;
  return std::visit(
      [&](auto member) -> std::string {
        using Value = std::remove_cvref_t<decltype(section.*member)>;
        const Value& value = section.*member;
        if constexpr (std::is_same_v<Value, bool>) return value ? "true" : "false";
        if constexpr (std::is_same_v<Value, std::string>) return value.empty() ? "" : "\"" + value + "\"";
        if constexpr (std::is_same_v<Value, std::int64_t>) return std::to_string(value);
        if constexpr (std::is_same_v<Value, double>) return print_number(value);
        if constexpr (std::is_same_v<Value, std::vector<double>>)
          return value.empty() ? "" : fmt::format("[{}]", fmt::join(value, ", "));
      },
      field.member);
}

template <class S, std::size_t N>
std::string section(std::string_view title, const std::array<Field<S>, N>& fields) {
  std::string text = fmt::format("\n### {}\n\n| key | unit | default | meaning |\n|---|---|---|---|\n", title);
  for (const Field<S>& field : fields)
    text += fmt::format("| `{}` | {} | {} | {} |\n", field.key, field.unit == "1" ? "" : field.unit,
                        standard_value(field), field.meaning);
  return text;
}

}  // namespace

std::string reference_page() {
  std::string text = section("the scenario itself", root_fields) + section("[ensemble]", ensemble_fields) +
                     section("[time]", time_fields) + section("[[marrow]], kinetics, effect", component_fields) +
                     section("[[treatment]]", treatment_fields) + section("[metrics]", metrics_fields) +
                     section("[output]", output_fields) + section("[solver]", solver_fields) +
                     section("[events]", events_fields);
  text +=
      "\n### [covariates], and what cohorts and event tables may give\n\n| name | unit | meaning |\n|---|---|---|\n";
  for (const KnownCovariate& known : known_covariates)
    text += fmt::format("| `{}` | {} | {} |\n", known.name, known.unit, known.meaning);
  return text;
}

std::string metric_table() {
  std::string text = "The metrics:\n\n| metric | units | definition |\n|---|---|---|\n";
  for (const MeasureRow& row : measure_rows)
    text += fmt::format("| `{}` | {} | {} |\n", row.name, row.unit, row.meaning);
  return text;
}

}  // namespace nadir

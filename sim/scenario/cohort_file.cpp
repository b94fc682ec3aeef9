#include "sim/scenario/cohort_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/nearest.hpp"
#include "sim/scenario/reader.hpp"

namespace nadir {

namespace {

struct CohortRoot : Section {
  std::int64_t format = 1;
  std::string title, source;
};
constexpr std::array cohort_fields{
    field<&CohortRoot::format>("version of the cohort format, 1", {.range = between(1, 1), .required = true}),
    field<&CohortRoot::title>("who they are"),
    field<&CohortRoot::source>("where the numbers come from"),
};

constexpr std::array distributions{"fixed",     "normal", "lognormal", "uniform",
                                   "bernoulli", "choice", "mosteller", "dubois"};

/// Which keys a distribution reads besides name, given, is and source.
constexpr std::array<std::string_view, distributions.size()> keys_of{
    "value", "mean sd low high", "median omega low high", "low high", "probability", "values weights", "", ""};

class CohortReader {
 public:
  CohortReader(Reader& reader, Cohort& cohort) : reader_(reader), cohort_(cohort) {}

  void rule(const toml::table& table) {
    CovariateRule rule;
    const auto name = text(table, "name");
    if (!name) return missing(table, "name", "the covariate, such as name = \"wt\"");
    const int index = covariate(*name, *table.get("name"));
    if (index < 0) return;
    rule.covariate = static_cast<std::size_t>(index);
    const auto distribution = text(table, "distribution");
    if (!distribution) return missing(table, "distribution", fmt::format("one of: {}", fmt::join(distributions, ", ")));
    const auto found = std::find(distributions.begin(), distributions.end(), *distribution);
    if (found == distributions.end()) {
      const std::vector<std::string> all(distributions.begin(), distributions.end());
      reader_.problems.add(reader_.sources.at(*table.get("distribution")),
                           fmt::format("'{}' is not a distribution", *distribution), did_you_mean(*distribution, all));
      return;
    }
    const auto kind = static_cast<std::size_t>(found - distributions.begin());
    rule.distribution = static_cast<CovariateRule::Distribution>(kind);
    known_keys(table, keys_of[kind]);
    numbers(table, rule);
    condition(table, rule);
    size(table, rule);
    if (auto source = text(table, "source")) rule.source = *source;
    cohort_.rules.push_back(std::move(rule));
  }

  void pair(const toml::table& table) {
    const auto* names = table["between"].as_array();
    const auto r = table["r"].value<double>();
    if (names == nullptr || names->size() != 2 || !r || !(*r > -1.0 && *r < 1.0))
      return missing(table, "between and r", "between = [\"ht\", \"wt\"], r = 0.4 (above -1, below 1)");
    std::array<int, 2> index{};
    for (std::size_t i = 0; i < 2; ++i) index[i] = covariate((*names)[i].value_or<std::string>(""), (*names)[i]);
    if (index[0] < 0 || index[1] < 0) return;
    const auto second = static_cast<std::size_t>(index[1]);
    const bool used = std::any_of(cohort_.pairs.begin(), cohort_.pairs.end(), [&](const CovariatePair& other) {
      return other.second == second || other.first == second || other.second == static_cast<std::size_t>(index[0]);
    });
    if (used || index[0] == index[1]) {
      reader_.problems.add(reader_.sources.at(table), "a covariate stands in two pairs, or in a pair with itself",
                           "each covariate may correlate with one other");
      return;
    }
    cohort_.pairs.push_back({static_cast<std::size_t>(index[0]), second, *r});
  }

 private:
  void missing(const toml::table& table, const char* what, const std::string& hint) {
    reader_.problems.add(reader_.sources.at(table), fmt::format("this table needs {}", what), hint);
  }

  std::optional<std::string> text(const toml::table& table, const char* key) {
    const toml::node* node = table.get(key);
    return node == nullptr ? std::nullopt : reader_.text(*node, key);
  }

  int covariate(const std::string& name, const toml::node& node) {
    const int index = covariate_index(name);
    if (index >= 0) return index;
    std::vector<std::string> names;
    for (const KnownCovariate& known : known_covariates) names.emplace_back(known.name);
    reader_.problems.add(reader_.sources.at(node), fmt::format("'{}' is not a covariate", name),
                         did_you_mean(name, names));
    return -1;
  }

  void known_keys(const toml::table& table, std::string_view own) {
    std::vector<std::string> known{"name", "distribution", "given", "is", "source"};
    while (!own.empty()) {
      const std::size_t space = std::min(own.find(' '), own.size());
      known.emplace_back(own.substr(0, space));
      own.remove_prefix(std::min(space + 1, own.size()));
    }
    for (auto&& [key, node] : table) {
      if (std::find(known.begin(), known.end(), key.str()) == known.end())
        reader_.problems.add(reader_.sources.at(key), fmt::format("unknown key '{}' for this distribution", key.str()),
                             did_you_mean(key.str(), known));
    }
  }

  void numbers(const toml::table& table, CovariateRule& rule) {
    const KnownCovariate& known = known_covariates[rule.covariate];
    const Range allowed = between(known.low, known.high);
    rule.low = known.low;
    rule.high = known.high;
    const auto read = [&](const char* key, double& target, std::string_view unit, const Range& range) {
      if (const toml::node* node = table.get(key)) {
        if (auto value = reader_.number(*node, key, unit, range, false)) target = *value;
      }
    };
    for (const char* key : {"value", "mean", "median"}) read(key, rule.mean, known.unit, allowed);
    read("probability", rule.mean, "1", between(0.0, 1.0));
    read("sd", rule.sd, known.unit, positive());
    read("omega", rule.sd, "1", positive());
    read("low", rule.low, known.unit, allowed);
    read("high", rule.high, known.unit, allowed);
    if (rule.low >= rule.high) reader_.problems.add(reader_.sources.at(table), "'low' must lie below 'high'");
    for (const auto& [key, target] : {std::pair{"values", &rule.values}, std::pair{"weights", &rule.weights}}) {
      const toml::node* node = table.get(key);
      if (node == nullptr || !node->is_array()) continue;
      for (const toml::node& item : *node->as_array())
        if (auto value = reader_.number(item, key, "1", target == &rule.values ? allowed : not_negative(), false))
          target->push_back(*value);
    }
  }

  /// The numbers that the distribution cannot do without.
  void size(const toml::table& table, const CovariateRule& rule) {
    using enum CovariateRule::Distribution;
    const auto need = [&](std::initializer_list<const char*> keys) {
      for (const char* key : keys)
        if (!table.contains(key)) missing(table, key, "the distribution is not defined without it");
    };
    switch (rule.distribution) {
      case fixed:
        return need({"value"});
      case normal:
        return need({"mean", "sd"});
      case lognormal:
        return need({"median", "omega"});
      case uniform:
        return need({"low", "high"});
      case bernoulli:
        return need({"probability"});
      case choice:
        need({"values", "weights"});
        if (rule.values.size() != rule.weights.size())
          reader_.problems.add(reader_.sources.at(table), "'values' and 'weights' differ in length");
        return;
      case mosteller:
      case dubois: {
        const auto drawn = [&](const char* name) {
          return std::any_of(cohort_.rules.begin(), cohort_.rules.end(), [&](const CovariateRule& other) {
            return other.covariate == static_cast<std::size_t>(covariate_index(name));
          });
        };
        if (!drawn("ht") || !drawn("wt")) missing(table, "'ht' and 'wt' before it", "put their rules above this one");
      }
    }
  }

  void condition(const toml::table& table, CovariateRule& rule) {
    const toml::node* given = table.get("given");
    if (given == nullptr) return;
    const auto name = reader_.text(*given, "given");
    rule.given = name ? covariate(*name, *given) : -1;
    if (const toml::node* is = table.get("is")) {
      if (auto value = reader_.number(*is, "is", "1", {-1e300, 1e300, true}, false)) rule.given_value = *value;
    } else {
      missing(table, "is", "given = \"sexf\", is = 1");
    }
  }

  Reader& reader_;
  Cohort& cohort_;
};

}  // namespace

void load_cohort(Plan& plan, Problems& problems) {
  const Scenario& scenario = plan.scenario;
  const auto path = std::filesystem::path(scenario.file).parent_path() / scenario.ensemble.cohort;
  Cohort& cohort = plan.population.cohort;
  cohort.file = path.string();
  Sources sources;
  try {
    plan.cohort_text = read_text(path, most_toml_bytes, scenario.ensemble.at("cohort"));
    const toml::table table = sources.parse(plan.cohort_text, cohort.file);
    Reader reader{sources, problems};
    CohortReader rules(reader, cohort);
    CohortRoot root;
    root.place = {cohort.file, 1, 1, 1, ""};
    const auto other = [&](const toml::key& key, const toml::node& node) {
      const bool rule = key == "covariate";
      if (!rule && key != "correlation") return false;
      const toml::array* list = node.as_array();
      if (list == nullptr || !list->is_homogeneous(toml::node_type::table)) {
        problems.add(sources.at(key), fmt::format("'{}' must be a list of tables", key.str()),
                     fmt::format("write it as [[{}]]", key.str()));
        return true;
      }
      for (const toml::node& item : *list) rule ? rules.rule(*item.as_table()) : rules.pair(*item.as_table());
      return true;
    };
    read_section(reader, table, cohort_fields, root, "the cohort", other, {"covariate", "correlation"});
    cohort.title = root.title;
  } catch (const ScenarioError& error) {
    problems.add(error.problems());
  }
}

}  // namespace nadir

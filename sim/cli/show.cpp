#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "sim/base/error.hpp"
#include "sim/base/nearest.hpp"
#include "sim/cli/commands.hpp"
#include "sim/ensemble/footprint.hpp"
#include "sim/ensemble/method.hpp"
#include "sim/metric/measures.hpp"
#include "sim/model/registry.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/scenario/model_page.hpp"
#include "sim/scenario/presets.hpp"
#include "sim/scenario/reference_page.hpp"
#include "sim/store/layout.hpp"
#include "sim/store/store_error.hpp"

namespace nadir::cli {

namespace {

void print(const std::string& text) { std::fputs(text.c_str(), stdout); }

std::string megabytes(double bytes) { return bytes < 1e6 ? "below 1 MB" : fmt::format("{:.0f} MB", bytes / 1e6); }

void save(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream stream(path, std::ios::binary);
  stream << text;
  if (!stream.flush()) throw StoreError(path, "cannot write the page");
}

/// A page whose part between the marks is replaced; the prose around it is written by hand.
void fill(const std::filesystem::path& path, const std::string& text) {
  constexpr std::string_view begin = "<!-- generated: begin -->\n", end = "<!-- generated: end -->";
  std::ifstream stream(path, std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(stream), {}};
  const std::size_t from = page.find(begin), to = page.find(end);
  if (from == std::string::npos || to == std::string::npos)
    throw StoreError(path, "the page has no marks for its generated part");
  save(path, page.substr(0, from + begin.size()) + text + page.substr(to));
}

}  // namespace

int check(const std::string& scenario, const Overrides& overrides) {
  const Plan plan = nadir::check(read_scenario(scenario, overrides));
  const Footprint needed = footprint(plan);
  print(describe(plan));
  const Method& method = method_of(plan);
  print(fmt::format("\nmethod {}{}: {}\n", method.name, plan.scenario.solver.method == "auto" ? " (chosen)" : "",
                    method.meaning));
  print(fmt::format("memory about {} ({} from Python), result file {}\nthe scenario is sound\n",
                    megabytes(needed.memory), megabytes(needed.whole), megabytes(needed.file)));
  return 0;
}

int models(const std::string& id) {
  if (id.empty()) {
    for (const ModelInfo* model : registry().all())
      print(fmt::format("{:<9} {:<28} {}\n", name(model->kind), model->id, model->title));
    return 0;
  }
  const ModelInfo* model = registry().any(id);
  if (model == nullptr) {
    std::vector<std::string> ids;
    for (const ModelInfo* known : registry().all()) ids.emplace_back(known->id);
    raise({}, "there is no model '" + id + "'", did_you_mean(id, ids));
  }
  print(model_text(*model));
  return 0;
}

int presets(const std::string& name) {
  if (name.empty()) {
    for (const Preset& preset : nadir::presets()) print(fmt::format("{}\n", preset.name));
    return 0;
  }
  const Preset* preset = find_preset(name);
  if (preset == nullptr) {
    std::vector<std::string> names;
    for (const Preset& known : nadir::presets()) names.emplace_back(known.name);
    raise({}, "there is no preset '" + name + "'", did_you_mean(name, names));
  }
  print(std::string(preset->text));
  return 0;
}

int schema() {
  print(json_schema());
  return 0;
}

int docs(const std::string& folder) {
  const std::filesystem::path root(folder);
  fill(root / "formats" / "ensemble.md", layout_page() + "\n" + metric_table());
  fill(root / "formats" / "scenario.md", reference_page());
  for (const ModelInfo* model : registry().all())
    save(root / "models" / (std::string(model->id) + ".md"), model_page(*model));
  return 0;
}

}  // namespace nadir::cli

#include <malloc.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <stdexcept>

#include "sim/base/error.hpp"
#include "sim/cli/commands.hpp"
#include "sim/ensemble/version.hpp"
#include "sim/store/store_error.hpp"

namespace {

constexpr int wrong_input = 2;

void add_overrides(CLI::App& command, nadir::Overrides& overrides) {
  command.add_option("--patients", overrides.patients, "How many virtual patients, instead of the scenario's number");
  command.add_option("--seed", overrides.seed, "Random seed, instead of the scenario's");
  command
      .add_option("--set", overrides.settings, "Change a key: treatment.docetaxel.dose=\"75 mg/m^2\" (may be repeated)")
      ->allow_extra_args(false);
}

void add_run(CLI::App& app, nadir::cli::RunArguments& run, int& result) {
  CLI::App* command = app.add_subcommand("run", "Run a scenario and write the result file");
  command->add_option("scenario", run.scenario, "Scenario file (TOML), or the name of a preset")->required();
  auto* output =
      command->add_option("-o,--output", run.output, "Result file (HDF5); the scenario's name with .h5 when not given");
  add_overrides(*command, run.overrides);
  command->add_option("--threads", run.threads, "Threads; as many as the machine has when not given")
      ->check(CLI::Range(1, 4096));
  auto* overwrite =
      command->add_flag("--overwrite", run.overwrite, "Replace an existing result file, discard an unfinished run");
  auto* resume = command->add_flag("--resume", run.resume, "Continue an unfinished run of the same result file");
  command->add_option("--shard", run.shard, "Simulate only share k of N of the patients: --shard 3/17 --out FOLDER")
      ->excludes(output)
      ->excludes(overwrite)
      ->excludes(resume);
  command->add_option("--out", run.folder, "Folder that takes the shards");
  command->add_flag("-q,--quiet", run.quiet, "Print no summary and no progress");
  command->callback([&] { result = nadir::cli::run(run); });
}

void add_files(CLI::App& app, nadir::cli::MergeArguments& merge, std::string& file, int& result) {
  CLI::App* merge_command = app.add_subcommand("merge", "Join the shards of a folder to one result file");
  merge_command->add_option("folder", merge.folder, "Folder with the shards and their manifest")->required();
  merge_command->add_option("-o,--output", merge.output, "Result file; the folder's name with .h5 when not given");
  merge_command->add_flag("--overwrite", merge.overwrite, "Replace an existing result file");
  merge_command->callback([&] { result = nadir::cli::merge(merge); });
  CLI::App* hash_command = app.add_subcommand("hash", "Print the hash of all numbers of a result file");
  hash_command->add_option("file", file, "Result file (HDF5)")->required();
  hash_command->callback([&] { result = nadir::cli::hash(file); });
}

int parse_and_run(int argc, char** argv) {
  CLI::App app{"nadir simulates white-cell counts in virtual patients. " + std::string(nadir::disclaimer), "nadir"};
  app.set_version_flag("--version", std::string(nadir::version));
  app.require_subcommand(1);
  int result = 0;

  nadir::cli::RunArguments run;
  add_run(app, run, result);
  nadir::cli::MergeArguments merge;
  std::string file;
  add_files(app, merge, file, result);

  std::string scenario, id, preset, folder;
  nadir::Overrides overrides;
  CLI::App* check_command = app.add_subcommand("check", "Show what a scenario would do, without running it");
  check_command->add_option("scenario", scenario, "Scenario file (TOML), or the name of a preset")->required();
  add_overrides(*check_command, overrides);
  check_command->callback([&] { result = nadir::cli::check(scenario, overrides); });

  CLI::App* models_command =
      app.add_subcommand("models", "List the models, or show one with its equations and sources");
  models_command->add_option("id", id, "Model");
  models_command->callback([&] { result = nadir::cli::models(id); });

  app.add_subcommand("schema", "Print the JSON Schema of scenario files")->callback([&] {
    result = nadir::cli::schema();
  });

  CLI::App* presets_command = app.add_subcommand("presets", "List the scenarios that come with nadir, or print one");
  presets_command->add_option("name", preset, "Preset");
  presets_command->callback([&] { result = nadir::cli::presets(preset); });

  CLI::App* docs_command = app.add_subcommand("docs", "Write the generated pages: formats and models")->group("");
  docs_command->add_option("folder", folder, "Folder docs/ to write to")->required();
  docs_command->callback([&] { result = nadir::cli::docs(folder); });

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : wrong_input;
  }
  return result;
}

}  // namespace

int main(int argc, char** argv) {
#ifdef __GLIBC__
  // The arrays of a range go back to the system when it is written; kept for later use, they would lie in pieces.
  ::mallopt(M_MMAP_THRESHOLD, 1 << 17);
#endif
  try {
    return parse_and_run(argc, argv);
  } catch (const nadir::ScenarioError& error) {
    std::fputs(error.what(), stderr);
  } catch (const nadir::StoreError& error) {
    std::fputs(error.what(), stderr);
  } catch (const std::bad_alloc&) {
    std::fputs("error: not enough memory\n      = help: 'nadir check' shows how much a scenario needs\n", stderr);
  } catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
    return 1;
  }
  return wrong_input;
}

#include <fmt/format.h>

#include <filesystem>

#include "sim/cli/commands.hpp"
#include "sim/ensemble/merge.hpp"
#include "sim/store/layout.hpp"
#include "sim/store/result_hash.hpp"

namespace nadir::cli {

int merge(const MergeArguments& arguments) {
  std::filesystem::path output = arguments.output;
  if (output.empty()) {
    output = std::filesystem::path(arguments.folder) / "";
    output = output.parent_path();
    output += ".h5";
  }
  const std::string hash = nadir::merge(arguments.folder, output, arguments.overwrite);
  fmt::print("{} written\nresult hash {}\n", output.string(), hash);
  return 0;
}

int hash(const std::string& file) {
  fmt::print("{}\n", result_hash(InputFile(file, file_type)));
  return 0;
}

}  // namespace nadir::cli

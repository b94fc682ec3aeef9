#pragma once
/// The commands of the program. Each returns the exit code.

#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace nadir::cli {

struct RunArguments {
  std::string scenario;
  std::string output;  ///< empty: the scenario's name with .h5, in the current folder
  Overrides overrides;
  unsigned threads = 0;
  bool overwrite = false;
  bool quiet = false;
};

int run(const RunArguments& arguments);
int check(const std::string& scenario, const Overrides& overrides);
int models(const std::string& id);
int presets(const std::string& name);
int schema();
int docs(const std::string& folder);

}  // namespace nadir::cli

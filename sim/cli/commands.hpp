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
  bool resume = false;
  bool quiet = false;
  std::string shard;   ///< "k/N"; empty: all patients into one file
  std::string folder;  ///< of shards
};

struct MergeArguments {
  std::string folder;
  std::string output;  ///< empty: the folder's name with .h5, beside it
  bool overwrite = false;
};

int run(const RunArguments& arguments);
int merge(const MergeArguments& arguments);
int hash(const std::string& file);
int check(const std::string& scenario, const Overrides& overrides);
int models(const std::string& id);
int presets(const std::string& name);
int schema();
int docs(const std::string& folder);

}  // namespace nadir::cli

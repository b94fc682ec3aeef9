#pragma once
/// A run of any size into a result file, which can be stopped at any moment and continued.

#include <filesystem>
#include <string>

#include "sim/ensemble/engine.hpp"
#include "sim/store/work_folder.hpp"

namespace nadir {

struct FileOptions {
  bool overwrite = false;                      ///< replace an existing result
  Unfinished unfinished = Unfinished::refuse;  ///< what to do with an earlier run of the same file that did not end
};

/// The run was stopped; its work folder holds this many finished patients, or is removed when there are none.
struct Stopped {
  std::size_t finished = 0;
};

/// Simulates all patients into `path` and returns the result hash. The file comes into being in `path`.parts and gets
/// its name when it is complete, flushed and verified. Refuses before simulating what cannot end well. Throws
/// StoreError and Stopped. The bytes do not depend on threads or on interruptions.
std::string run_file(const Plan& plan, const std::filesystem::path& path, const FileOptions& file_options,
                     const RunOptions& options);

}  // namespace nadir

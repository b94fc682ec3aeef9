#pragma once
/// A result file back in memory.

#include <filesystem>

#include "sim/store/dataset.hpp"

namespace nadir {

/// Reads a whole result file. Dimensions come in the order of the file, each coordinate before the other variables;
/// what HDF5 and netCDF add for themselves (dimension scales, fill values) is left out, so that writing a dataset and
/// reading it gives an equal one. Throws StoreError for a file that is missing, not HDF5, truncated or damaged, not
/// nadir's, or of another major format version.
Dataset read(const std::filesystem::path& path);

}  // namespace nadir

#pragma once
/// A dataset as an HDF5 file that xarray, netCDF4, h5py and R's ncdf4 read without nadir.

#include <filesystem>

#include "sim/store/dataset.hpp"

namespace nadir {

struct WriteOptions {
  bool overwrite = false;
  int deflate = 1;  ///< compression, 0 to 9
};

/// Refuses, before any simulation: a missing folder, a folder that cannot be written, an existing file (unless
/// `overwrite`). Throws StoreError; leaves nothing behind.
void check_writable(const std::filesystem::path& path, const WriteOptions& options);

/// Writes the file as a whole or not at all: under a hidden name first, closed, reopened and checked, flushed to disk,
/// then renamed. Throws StoreError; then nothing stands under `path` that did not stand there before.
void write(const Dataset& dataset, const std::filesystem::path& path, const WriteOptions& options = {});

}  // namespace nadir

#pragma once
/// A dataset as an HDF5 file that xarray, netCDF4, h5py and R's ncdf4 read without nadir.

#include <filesystem>

#include "sim/store/dataset.hpp"

namespace nadir {

struct WriteOptions {
  bool overwrite = false;
};

/// Refuses a folder that is not there, or none. Throws StoreError about `target`.
void check_folder(const std::filesystem::path& folder, const std::filesystem::path& target);

/// Refuses, before any simulation: a missing folder, a folder that cannot be written, an existing file (unless
/// `overwrite`). Throws StoreError; leaves nothing behind.
void check_writable(const std::filesystem::path& path, const WriteOptions& options);

/// Writes the file as a whole or not at all: under a hidden name first, closed, reopened and checked, flushed to disk,
/// then renamed. Throws StoreError; then nothing stands under `path` that did not stand there before.
void write(const Dataset& dataset, const std::filesystem::path& path, const WriteOptions& options = {});

}  // namespace nadir

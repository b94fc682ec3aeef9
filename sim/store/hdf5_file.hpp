#pragma once
/// Datasets to HDF5 in the way that netCDF-4 readers expect: dimension scales on every axis, CF attributes.

#include <filesystem>

#include "sim/store/dataset.hpp"

namespace nadir {

/// Creates `path`, which must not exist, and writes everything. Equal datasets give equal bytes. Throws StoreError.
void write_hdf5(const Dataset& dataset, const std::filesystem::path& path, int deflate);

/// Opens the file again and compares the size of every dataset. Throws StoreError.
void verify_hdf5(const Dataset& dataset, const std::filesystem::path& path);

}  // namespace nadir

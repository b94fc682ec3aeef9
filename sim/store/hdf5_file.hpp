#pragma once
/// Datasets to HDF5 in the way that netCDF-4 readers expect: dimension scales on every axis, CF attributes.

#include <cstddef>
#include <filesystem>
#include <vector>

#include "sim/store/dataset.hpp"

namespace nadir {

/// The bytes of the HDF5 file for `path`, which is not touched. Equal datasets give equal bytes. They are made in
/// memory because HDF5 1.10 must not meet a full disk: it then loses chunks without a word when a dataset is closed, or
/// crashes at the end of the program. Throws StoreError, which names `path`.
std::vector<std::byte> hdf5_image(const Dataset& dataset, const std::filesystem::path& path, int deflate);

/// Opens the file again and compares the size of every dataset and dimension. Throws StoreError.
void verify_hdf5(const Dataset& dataset, const std::filesystem::path& path);

}  // namespace nadir

#pragma once
/// An HDF5 file that exists only in memory, in bytes of ours.

#include <hdf5.h>

#include <cstddef>
#include <vector>

namespace nadir::h5 {

/// Lets a file that is created with `access` grow in `bytes`, which must outlive it. They are the file once it is
/// closed, with spare bytes after its end. (H5Fget_file_image would do the same, but in HDF5 1.10.8 its superblock has
/// a wrong checksum for files of this version.) Negative on failure.
herr_t keep_in_memory(hid_t access, std::vector<std::byte>& bytes);

/// Where a closed file ends among its bytes; 0 when they are no such file. Its superblock says so: HDF5 itself gives
/// the size only of an open file, which it shortens when it closes it.
std::size_t end_of_file(const std::vector<std::byte>& bytes);

}  // namespace nadir::h5

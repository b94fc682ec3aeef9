#pragma once
/// HDF5 reads a file through our own checked calls. Its own driver takes an interrupted call for a failure, and does
/// not survive an error of close.

#include <hdf5.h>

#include <exception>

#include "sim/store/disk_file.hpp"

namespace nadir::h5 {

/// What HDF5 reads from, and why it could not.
struct DiskSource {
  const DiskFile& file;
  std::exception_ptr failure;  ///< the first one
};

/// Lets HDF5 open `source`, which must outlive the opened file, for reading, whatever name it is given.
/// `driver` is what register_disk_driver() gave. Negative on failure.
herr_t read_from(hid_t access, hid_t driver, DiskSource& source);

/// The driver; to be given back with H5FDunregister. Negative on failure.
hid_t register_disk_driver();

}  // namespace nadir::h5

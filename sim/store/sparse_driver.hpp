#pragma once
/// HDF5 files that exist only as sparse bytes in memory.

#include <hdf5.h>

#include "sim/store/sparse_bytes.hpp"

namespace nadir::h5 {

/// Lets HDF5 create files in `file`, which must outlive them. HDF5 meets no full disk there.
/// `driver` is what register_sparse_driver() gave. Negative on failure.
herr_t keep_in(hid_t access, hid_t driver, SparseBytes& file);

/// The driver; to be given back with H5FDunregister. Negative on failure.
hid_t register_sparse_driver();

}  // namespace nadir::h5

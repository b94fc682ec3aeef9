#include "sim/store/sparse_driver.hpp"

#include <algorithm>
#include <iterator>
#include <new>

namespace nadir::h5 {

namespace {

// HDF5's C code calls these: nothing may be thrown through it.

struct Opened : H5FD_t {
  SparseBytes* file = nullptr;
  haddr_t allocated = 0;
};

Opened* opened(H5FD_t* file) { return static_cast<Opened*>(file); }
const Opened* opened(const H5FD_t* file) { return static_cast<const Opened*>(file); }

H5FD_t* open(const char*, unsigned flags, hid_t access, haddr_t) noexcept {
  const void* info = H5Pget_driver_info(access);
  if ((flags & H5F_ACC_CREAT) == 0 || info == nullptr) return nullptr;  // HDF5 first asks whether the file is there
  auto* file = new (std::nothrow) Opened{};
  if (file != nullptr) file->file = *static_cast<SparseBytes* const*>(info);
  return file;
}

herr_t close(H5FD_t* file) noexcept {
  opened(file)->file->end = opened(file)->allocated;
  delete opened(file);
  return 0;
}

haddr_t allocated(const H5FD_t* file, H5FD_mem_t) noexcept { return opened(file)->allocated; }

herr_t allocate(H5FD_t* file, H5FD_mem_t, haddr_t bytes) noexcept {
  opened(file)->allocated = bytes;
  return 0;
}

herr_t read(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t at, std::size_t size, void* to) noexcept {
  opened(file)->file->read(at, {static_cast<std::byte*>(to), size});
  return 0;
}

herr_t write(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t at, std::size_t size, const void* from) noexcept {
  try {
    opened(file)->file->write(at, {static_cast<const std::byte*>(from), size});
  } catch (const std::bad_alloc&) {
    return -1;
  }
  return 0;
}

}  // namespace

hid_t register_sparse_driver() {
  H5FD_class_t driver{};
  driver.name = "nadir-sparse";
  driver.maxaddr = std::uint64_t{1} << 62;
  driver.fc_degree = H5F_CLOSE_STRONG;
  driver.fapl_size = sizeof(SparseBytes*);
  driver.open = open;
  driver.close = close;
  driver.get_eoa = allocated;
  driver.set_eoa = allocate;
  driver.get_eof = allocated;
  driver.read = read;
  driver.write = write;
  constexpr H5FD_mem_t kinds[] = H5FD_FLMAP_DICHOTOMY;
  std::copy(std::begin(kinds), std::end(kinds), std::begin(driver.fl_map));
  return H5FDregister(&driver);
}

herr_t keep_in(hid_t access, hid_t driver, SparseBytes& file) {
  const SparseBytes* info = &file;
  return H5Pset_driver(access, driver, &info);
}

}  // namespace nadir::h5

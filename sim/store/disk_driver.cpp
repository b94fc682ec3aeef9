#include "sim/store/disk_driver.hpp"

#include <algorithm>
#include <iterator>
#include <new>

namespace nadir::h5 {

namespace {

// HDF5's C code calls these: nothing may be thrown through it.

struct Opened : H5FD_t {
  DiskSource* source = nullptr;
  haddr_t size = 0, allocated = 0;
};

Opened* opened(H5FD_t* file) { return static_cast<Opened*>(file); }
const Opened* opened(const H5FD_t* file) { return static_cast<const Opened*>(file); }

/// Does what may throw, and keeps the first failure.
template <class Action>
bool attempt(DiskSource& source, Action action) noexcept {
  try {
    action();
    return true;
  } catch (...) {
    if (!source.failure) source.failure = std::current_exception();
    return false;
  }
}

H5FD_t* open(const char*, unsigned flags, hid_t access, haddr_t) noexcept {
  const void* info = H5Pget_driver_info(access);
  if ((flags & (H5F_ACC_RDWR | H5F_ACC_CREAT)) != 0 || info == nullptr) return nullptr;
  auto* file = new (std::nothrow) Opened{};
  if (file == nullptr) return nullptr;
  file->source = *static_cast<DiskSource* const*>(info);
  if (attempt(*file->source, [&] { file->size = file->source->file.size(); })) return file;
  delete file;
  return nullptr;
}

herr_t close(H5FD_t* file) noexcept {
  delete opened(file);
  return 0;
}

haddr_t allocated(const H5FD_t* file, H5FD_mem_t) noexcept { return opened(file)->allocated; }

herr_t allocate(H5FD_t* file, H5FD_mem_t, haddr_t bytes) noexcept {
  opened(file)->allocated = bytes;
  return 0;
}

haddr_t size(const H5FD_t* file, H5FD_mem_t) noexcept { return opened(file)->size; }

/// Zeros beyond the end, where HDF5 looks for the end of what it knows.
herr_t read(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t at, std::size_t count, void* to) noexcept {
  const haddr_t there = at < opened(file)->size ? std::min<haddr_t>(count, opened(file)->size - at) : 0;
  auto* const bytes = static_cast<std::byte*>(to);
  std::fill(bytes + there, bytes + count, std::byte{0});
  DiskSource& source = *opened(file)->source;
  return attempt(source, [&] { source.file.read(at, {bytes, there}); }) ? 0 : -1;
}

herr_t refuse_write(H5FD_t*, H5FD_mem_t, hid_t, haddr_t, std::size_t, const void*) noexcept { return -1; }

}  // namespace

hid_t register_disk_driver() {
  H5FD_class_t driver{};
  driver.name = "nadir-disk";
  driver.maxaddr = std::uint64_t{1} << 62;
  driver.fc_degree = H5F_CLOSE_STRONG;
  driver.fapl_size = sizeof(DiskSource*);
  driver.open = open;
  driver.close = close;
  driver.get_eoa = allocated;
  driver.set_eoa = allocate;
  driver.get_eof = size;
  driver.read = read;
  driver.write = refuse_write;  // HDF5 demands one
  constexpr H5FD_mem_t kinds[] = H5FD_FLMAP_DICHOTOMY;
  std::copy(std::begin(kinds), std::end(kinds), std::begin(driver.fl_map));
  return H5FDregister(&driver);
}

herr_t read_from(hid_t access, hid_t driver, DiskSource& source) {
  const DiskSource* info = &source;
  return H5Pset_driver(access, driver, &info);
}

}  // namespace nadir::h5

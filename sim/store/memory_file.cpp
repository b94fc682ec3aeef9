#include "sim/store/memory_file.hpp"

#include <exception>

namespace nadir::h5 {

namespace {

// HDF5's C code calls these: nothing may be thrown through it, a null pointer tells it that memory has run out.

void* grow(void*, std::size_t size, H5FD_file_image_op_t, void* bytes) noexcept {
  try {
    auto& list = *static_cast<std::vector<std::byte>*>(bytes);
    list.resize(size);
    return list.data();
  } catch (const std::exception&) {
    return nullptr;
  }
}

void* allocate(std::size_t size, H5FD_file_image_op_t reason, void* bytes) noexcept {
  return grow(nullptr, size, reason, bytes);
}

herr_t keep(void*, H5FD_file_image_op_t, void*) noexcept { return 0; }
void* same_bytes(void* bytes) noexcept { return bytes; }
herr_t keep_bytes(void*) noexcept { return 0; }

}  // namespace

herr_t keep_in_memory(hid_t access, std::vector<std::byte>& bytes) {
  constexpr std::size_t increment = std::size_t{1} << 20;
  if (H5Pset_fapl_core(access, increment, /*backing_store=*/false) < 0) return -1;
  H5FD_file_image_callbacks_t callbacks{allocate, nullptr, grow, keep, same_bytes, keep_bytes, &bytes};
  return H5Pset_file_image_callbacks(access, &callbacks);
}

// HDF5 File Format Specification 3.0, II.A: superblock versions 2 and 3.
std::size_t end_of_file(const std::vector<std::byte>& bytes) {
  constexpr std::size_t version_at = 8, size_of_offsets_at = 9, end_at = 28, superblock_size = 48;
  if (bytes.size() < superblock_size) return 0;
  const int version = std::to_integer<int>(bytes[version_at]);
  if ((version != 2 && version != 3) || std::to_integer<int>(bytes[size_of_offsets_at]) != 8) return 0;
  std::size_t end = 0;
  for (std::size_t i = 8; i-- > 0;) end = end << 8 | std::to_integer<std::size_t>(bytes[end_at + i]);  // little-endian
  return end <= bytes.size() ? end : 0;
}

}  // namespace nadir::h5

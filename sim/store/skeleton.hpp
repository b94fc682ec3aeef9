#pragma once
/// A result file without its numbers: names, dimension scales, CF attributes and texts as netCDF-4 readers expect them,
/// and the place of every number, so that rows can be written in any order with plain writes.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "sim/store/dataset.hpp"
#include "sim/store/disk_file.hpp"
#include "sim/store/sparse_bytes.hpp"

namespace nadir {

/// Where a variable's elements lie, one after the other.
struct Room {
  std::uint64_t offset = 0;      ///< of the first byte in the file
  std::size_t elements = 0;      ///< in all
  std::vector<std::byte> words;  ///< of a text: its references to words in the file, repeated over the elements
};

struct Skeleton {
  SparseBytes file;
  std::vector<Room> rooms;  ///< by variable of the dataset
};

/// Lays out the file for `path`, which is not touched. Equal arguments give equal bytes. Numbers of the dataset are not
/// read, only their type; a text with fewer words than elements has them repeated. HDF5 works in memory only, because
/// it must not meet a full disk: it then loses data without a word, or crashes. Throws StoreError, which names `path`.
Skeleton lay_out(const Dataset& dataset, const std::filesystem::path& path);

/// Writes all but the numbers and gives the file its size.
void put(DiskFile& file, const Skeleton& skeleton);

/// Writes numbers into their room, from element `first` on.
void put(DiskFile& file, const Room& room, const Values& values, std::size_t first = 0);

/// The bytes of numbers; empty for texts.
std::span<const std::byte> bytes_of(const Values& values);

/// Bytes of one number; 0 for texts.
std::size_t element_size(const Values& values);

}  // namespace nadir

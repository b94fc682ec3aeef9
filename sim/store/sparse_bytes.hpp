#pragma once
/// A large file of which only the written bytes exist, in memory: the structure of a result without its data.

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace nadir {

class SparseBytes {
 public:
  /// Zeros take no room where nothing else was written: HDF5 clears the room of texts, as large as there are patients.
  void write(std::uint64_t at, std::span<const std::byte> bytes);
  /// Zeros where nothing was written.
  void read(std::uint64_t at, std::span<std::byte> bytes) const;

  using Pieces = std::map<std::uint64_t, std::vector<std::byte>>;
  const Pieces& pieces() const { return pieces_; }  ///< what was written, by its place; they do not touch
  std::uint64_t end = 0;                            ///< of the file

 private:
  void clear(std::uint64_t at, std::size_t size);

  Pieces pieces_;
};

}  // namespace nadir

#pragma once
/// A file of nadir that is open for reading: what it holds, and its numbers in portions.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "sim/store/dataset.hpp"
#include "sim/store/disk_file.hpp"

namespace nadir {

class InputFile {
 public:
  /// Opens a file whose attribute filetype is `type`; an empty one takes any file. Throws StoreError for a file that is
  /// missing, not HDF5, truncated or damaged, of another type, or of another major format version.
  InputFile(const std::filesystem::path& path, std::string_view type);

  /// Everything but the values, of which only the type is right: dimensions in the order of the file, each coordinate
  /// before the other variables. What HDF5 and netCDF add for themselves is left out.
  const Dataset& header() const { return header_; }

  /// All values of variable `index` of the header.
  Values values(std::size_t index) const;

  /// All numbers of a variable in pieces, in order, each of whole rows of `row` elements.
  using Taker = std::function<void(std::span<const std::byte>)>;
  void stream(std::size_t index, std::size_t row, const Taker& take) const;

  /// The first number of each row of `row` elements, of a variable of doubles.
  std::vector<double> column(std::size_t index, std::size_t row) const;

  /// How many elements variable `index` has.
  std::size_t elements(std::size_t index) const;

  /// Where a variable's numbers lie in the file in one piece; nothing when another program has stored them otherwise.
  std::optional<std::uint64_t> offset(std::size_t index) const;

  const std::filesystem::path& path() const;
  ~InputFile();

 private:
  class Opened;  // HDF5's part
  std::unique_ptr<Opened> opened_;
  Dataset header_;
};

}  // namespace nadir

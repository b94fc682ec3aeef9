#pragma once
/// The last steps of a result file whose rows are on the disk.

#include <string>

#include "sim/store/skeleton.hpp"

namespace nadir {

/// Opens the file again and compares names, sizes and places with what was to be written. Throws StoreError.
void verify(const Dataset& dataset, const Skeleton& skeleton, const std::filesystem::path& path);

/// Completes a file whose rows lie in `rooms`: structure, the other numbers (variables that have values), and the
/// result hash as the last attribute, of which the numbers are read back from the file. Flushes and verifies; returns
/// the hash. Throws StoreError about `target`.
std::string finish(DiskFile& file, Dataset dataset, const std::vector<Room>& rooms,
                   const std::filesystem::path& target);

}  // namespace nadir

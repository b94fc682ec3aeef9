#pragma once
/// Bands of series that lie in a file, and of tallies; and their place among the datasets.

#include <cstdint>
#include <string>

#include "sim/ensemble/bands.hpp"
#include "sim/ensemble/tally.hpp"
#include "sim/store/dataset.hpp"
#include "sim/store/disk_file.hpp"

namespace nadir {

/// The series of all patients of a file.
struct StoredSeries {
  const DiskFile& file;
  std::uint64_t series;  ///< place of the values, patient × time
  std::uint64_t status;  ///< place of the patients' status
  std::size_t patients, times;
};

/// Exact; reads the file in portions. Throws StoreError.
Bands bands(const StoredSeries& series);

/// As exact as the tally.
Bands bands(const Tally& tally);

/// Sets the datasets <signal>.quantiles and <signal>.mean.
void set_bands(Dataset& dataset, const std::string& signal, Bands bands);

}  // namespace nadir

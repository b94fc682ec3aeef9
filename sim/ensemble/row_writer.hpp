#pragma once
/// The rows of ranges of patients in a result file, in any order.

#include <string>

#include "sim/ensemble/outline.hpp"
#include "sim/store/skeleton.hpp"

namespace nadir {

class RowWriter {
 public:
  /// All must outlive the writer; the skeleton is that of the outline.
  RowWriter(const Plan& plan, const Portion& portion, const Outline& outline, const Skeleton& skeleton)
      : plan_(plan), portion_(portion), outline_(outline), skeleton_(skeleton) {}

  /// Writes the rows of a range; returns their digest. Throws StoreError.
  std::string write(DiskFile& file, const Results& results) const;

  /// The digest of the rows that the file holds for a range. Throws StoreError.
  std::string digest(const DiskFile& file, std::size_t first, std::size_t count) const;

  /// Bytes that a patient takes in the file, on average.
  double patient_bytes() const;

 private:
  struct Part {
    std::size_t first, count;  // elements of the dataset
  };
  Part part(std::size_t variable, std::size_t first, std::size_t count) const;

  const Plan& plan_;
  const Portion& portion_;
  const Outline& outline_;
  const Skeleton& skeleton_;
};

}  // namespace nadir

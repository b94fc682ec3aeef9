#include "sim/ensemble/row_writer.hpp"

#include <algorithm>

#include "sim/base/digest.hpp"
#include "sim/ensemble/rows.hpp"

namespace nadir {

RowWriter::Part RowWriter::part(std::size_t variable, std::size_t first, std::size_t count) const {
  const Dataset& dataset = outline_.dataset;
  const std::vector<std::string>& dimensions = dataset.variables[variable].dimensions;
  const std::size_t row = elements(dataset, {.dimensions = {dimensions.begin() + 1, dimensions.end()}});
  const std::size_t start = rows_before(plan_, dimensions[0], portion_.first);
  const std::size_t from = rows_before(plan_, dimensions[0], first) - start;
  const std::size_t to = rows_before(plan_, dimensions[0], first + count) - start;
  return {from * row, (to - from) * row};
}

std::string RowWriter::write(DiskFile& file, const Results& results) const {
  Digest digest;
  for (std::size_t i = 0; i < outline_.rows.size(); ++i) {
    if (!outline_.rows[i]) continue;
    const Values rows = outline_.rows[i](results);
    put(file, skeleton_.rooms[i], rows, part(i, results.first, results.patients).first);
    digest.add(bytes_of(rows));
  }
  return digest.hex();
}

std::string RowWriter::digest(const DiskFile& file, std::size_t first, std::size_t count) const {
  Digest digest;
  std::vector<std::byte> bytes;
  for (std::size_t i = 0; i < outline_.rows.size(); ++i) {
    if (!outline_.rows[i]) continue;
    const std::size_t size = element_size(outline_.dataset.variables[i].values);
    const Part where = part(i, first, count);
    bytes.resize(where.count * size);
    file.read(skeleton_.rooms[i].offset + where.first * size, bytes);
    digest.add(bytes);
  }
  return digest.hex();
}

double RowWriter::patient_bytes() const {
  double bytes = 0.0;
  for (std::size_t i = 0; i < outline_.rows.size(); ++i)
    if (outline_.rows[i])
      bytes += static_cast<double>(skeleton_.rooms[i].elements * element_size(outline_.dataset.variables[i].values));
  return bytes / static_cast<double>(std::max<std::size_t>(portion_.patients, 1));
}

}  // namespace nadir

#include "sim/ensemble/file_bands.hpp"

#include <algorithm>

namespace nadir {

Bands bands(const Tally& tally) { return {tally.quantiles(quantile_levels), tally.mean()}; }

Bands bands(const StoredSeries& stored) {
  const std::size_t n = stored.patients, times = stored.times;
  std::vector<std::int8_t> status(n);
  stored.file.read(stored.status, std::as_writable_bytes(std::span(status)));
  // As many columns at once as take 32 MiB, from as many rows at once as take 1 MiB.
  const std::size_t columns = std::clamp<std::size_t>((std::size_t{8} << 20) / std::max<std::size_t>(n, 1), 1, times);
  const std::size_t rows = std::max<std::size_t>((std::size_t{1} << 18) / times, 1);
  Bands result{std::vector<float>(quantile_levels.size() * times), std::vector<float>(times)};
  std::vector<float> piece, column;
  for (std::size_t begin = 0; begin < times; begin += columns) {
    std::vector<std::vector<float>> part(std::min(columns, times - begin));
    for (std::size_t first = 0; first < n; first += rows) {
      piece.resize(std::min(rows, n - first) * times);
      stored.file.read(stored.series + first * times * sizeof(float), std::as_writable_bytes(std::span(piece)));
      for (std::size_t i = 0; i < piece.size() / times; ++i)
        for (std::size_t c = 0; c < part.size() && status[first + i] == 0; ++c)
          part[c].push_back(piece[i * times + begin + c]);
    }
    for (std::size_t c = 0; c < part.size(); ++c) set_band(result, begin + c, part[c]);
  }
  return result;
}

void set_bands(Dataset& dataset, const std::string& signal, Bands bands) {
  dataset.variables[*find(dataset, signal + ".quantiles")].values = std::move(bands.quantiles);
  dataset.variables[*find(dataset, signal + ".mean")].values = std::move(bands.mean);
}

}  // namespace nadir

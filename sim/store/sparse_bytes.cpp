#include "sim/store/sparse_bytes.hpp"

#include <algorithm>
#include <iterator>

namespace nadir {

namespace {

/// Calls `visit` for each piece that shares bytes with [at, at + size): the piece, where they begin in it and in the
/// range, and how many they are.
template <class Pieces, class Visit>
void each_overlap(Pieces& pieces, std::uint64_t at, std::size_t size, Visit visit) {
  auto piece = pieces.upper_bound(at);
  if (piece != pieces.begin()) --piece;
  for (; piece != pieces.end() && piece->first < at + size; ++piece) {
    const std::uint64_t from = std::max(at, piece->first);
    const std::uint64_t to = std::min(at + size, piece->first + piece->second.size());
    if (from < to) visit(piece->second, from - piece->first, from - at, to - from);
  }
}

}  // namespace

void SparseBytes::write(std::uint64_t at, std::span<const std::byte> bytes) {
  if (bytes.empty()) return;
  const bool blank = std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{0}; });
  if (blank) return clear(at, bytes.size());
  const std::uint64_t last = at + bytes.size();
  auto piece = pieces_.upper_bound(at);
  const bool joins = piece != pieces_.begin() && std::prev(piece)->first + std::prev(piece)->second.size() >= at;
  piece = joins ? std::prev(piece) : pieces_.emplace_hint(piece, at, std::vector<std::byte>{});
  std::vector<std::byte>& list = piece->second;
  const auto offset = static_cast<std::size_t>(at - piece->first);
  if (list.size() < offset + bytes.size()) list.resize(offset + bytes.size());
  for (auto next = std::next(piece); next != pieces_.end() && next->first <= last; next = pieces_.erase(next)) {
    const auto covered = std::min<std::uint64_t>(last - next->first, next->second.size());
    list.insert(list.end(), next->second.begin() + static_cast<std::ptrdiff_t>(covered), next->second.end());
  }
  std::copy(bytes.begin(), bytes.end(), list.begin() + static_cast<std::ptrdiff_t>(offset));
}

void SparseBytes::clear(std::uint64_t at, std::size_t size) {
  each_overlap(pieces_, at, size, [](std::vector<std::byte>& piece, std::size_t from, std::size_t, std::size_t count) {
    std::fill_n(piece.begin() + static_cast<std::ptrdiff_t>(from), count, std::byte{0});
  });
}

void SparseBytes::read(std::uint64_t at, std::span<std::byte> bytes) const {
  std::fill(bytes.begin(), bytes.end(), std::byte{0});
  each_overlap(pieces_, at, bytes.size(),
               [&](const std::vector<std::byte>& piece, std::size_t from, std::size_t to, std::size_t count) {
                 std::copy_n(piece.begin() + static_cast<std::ptrdiff_t>(from), count,
                             bytes.begin() + static_cast<std::ptrdiff_t>(to));
               });
}

}  // namespace nadir

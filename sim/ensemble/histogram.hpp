#pragma once
/// How many floats lie where, in bins of nearly equal relative width.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace nadir {

/// Counts of bins of floats in their order (`ordered`), 256 bins an octave: a bin is at most 0.4 % wide. Values below
/// 2^−126 in size fall into bins 2^−134 wide.
///
/// Adding is bound by memory, so what is touched often is small: pages of 64 bins exist where values are, with a byte
/// for each bin; a byte that wraps carries into a word elsewhere.
class Histogram {
 public:
  static constexpr int bin_bits = 15;  ///< of a float that do not tell bins apart
  static constexpr std::uint32_t bins = 1u << (32 - bin_bits);

  static constexpr std::uint32_t bin_of(std::int32_t ordered) {
    return static_cast<std::uint32_t>((ordered >> bin_bits) + static_cast<std::int32_t>(bins / 2));
  }
  /// The smallest and the largest `ordered` of a bin.
  static constexpr std::int32_t first_of(std::uint32_t bin) {
    return (static_cast<std::int32_t>(bin) - static_cast<std::int32_t>(bins / 2)) * (1 << bin_bits);
  }
  static constexpr std::int32_t last_of(std::uint32_t bin) { return first_of(bin) + ((1 << bin_bits) - 1); }

  /// Counts each bin of a list, all of which lie between `first` and `last`.
  void add(std::span<const std::uint32_t> list, std::uint32_t first, std::uint32_t last);
  void add(std::uint32_t bin, std::uint32_t count);
  void add(const Histogram& other);

  /// Calls visit(bin, count) for the bins that are not empty, in ascending order.
  template <class Visit>
  void for_each(Visit visit) const {
    for (std::size_t page = 0; page < pages_.size(); ++page) {
      if (pages_[page] == absent) continue;
      const auto first = first_page_ * page_size + static_cast<std::uint32_t>(page) * page_size;
      for (std::uint32_t i = 0; i < page_size; ++i)
        if (const std::uint32_t count = count_at(pages_[page] + i); count != 0) visit(first + i, count);
    }
  }

  /// Asks for the memory that `add` will need, while other work is done.
  void prefetch() const {
    for (std::size_t i = 0; i < pages_.size(); i += 16) __builtin_prefetch(pages_.data() + i);
    for (std::size_t i = 0; i < low_.size(); i += 64) __builtin_prefetch(low_.data() + i, 1);
  }

  std::size_t bytes() const;

 private:
  static constexpr int page_bits = 6;
  static constexpr std::uint32_t page_size = 1u << page_bits;
  static constexpr std::uint32_t absent = ~0u;

  std::uint32_t count_at(std::uint32_t place) const {
    const std::uint32_t high = high_pages_[place >> page_bits];
    return low_[place] + (high == absent ? 0 : high_[high + place % page_size] << 8);
  }
  void cover(std::uint32_t first_page, std::uint32_t last_page);
  std::uint32_t open(std::uint32_t page);
  void carry(std::uint32_t place, std::uint32_t wraps);

  std::uint32_t first_page_ = 0;
  std::vector<std::uint32_t> pages_;       // where the pages from first_page_ on begin in low_
  std::vector<std::uint8_t> low_;          // counts modulo 256
  std::vector<std::uint32_t> high_pages_;  // for each page of low_, where it begins in high_
  std::vector<std::uint32_t> high_;        // counts divided by 256
};

}  // namespace nadir

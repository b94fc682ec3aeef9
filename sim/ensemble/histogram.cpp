#include "sim/ensemble/histogram.hpp"

namespace nadir {

void Histogram::add(std::span<const std::uint32_t> list, std::uint32_t first, std::uint32_t last) {
  cover(first >> page_bits, last >> page_bits);
  const std::uint32_t offset = first_page_ << page_bits;
  const std::uint32_t* const pages = pages_.data();
  std::uint8_t* low = low_.data();
  for (const std::uint32_t bin : list) {
    const std::uint32_t from_first = bin - offset;
    std::uint32_t page = pages[from_first >> page_bits];
    if (page == absent) {
      page = open(from_first >> page_bits);
      low = low_.data();
    }
    const std::uint32_t place = page + from_first % page_size;
    if (++low[place] == 0) carry(place, 1);
  }
}

void Histogram::add(std::uint32_t bin, std::uint32_t count) {
  cover(bin >> page_bits, bin >> page_bits);
  const std::uint32_t number = (bin >> page_bits) - first_page_;
  const std::uint32_t page = pages_[number] == absent ? open(number) : pages_[number];
  const std::uint32_t place = page + bin % page_size;
  const std::uint64_t sum = std::uint64_t{low_[place]} + count;
  low_[place] = static_cast<std::uint8_t>(sum);
  if (sum >> 8 != 0) carry(place, static_cast<std::uint32_t>(sum >> 8));
}

void Histogram::add(const Histogram& other) {
  other.for_each([this](std::uint32_t bin, std::uint32_t count) { add(bin, count); });
}

std::size_t Histogram::bytes() const {
  return low_.capacity() + sizeof(std::uint32_t) * (pages_.capacity() + high_pages_.capacity() + high_.capacity());
}

void Histogram::cover(std::uint32_t first_page, std::uint32_t last_page) {
  if (pages_.empty()) first_page_ = first_page;
  if (first_page < first_page_) {
    pages_.insert(pages_.begin(), first_page_ - first_page, absent);
    first_page_ = first_page;
  }
  if (last_page - first_page_ >= pages_.size()) pages_.resize(last_page - first_page_ + 1, absent);
}

std::uint32_t Histogram::open(std::uint32_t page) {
  pages_[page] = static_cast<std::uint32_t>(low_.size());
  low_.resize(low_.size() + page_size);
  high_pages_.push_back(absent);
  return pages_[page];
}

void Histogram::carry(std::uint32_t place, std::uint32_t wraps) {
  std::uint32_t& page = high_pages_[place >> page_bits];
  if (page == absent) {
    page = static_cast<std::uint32_t>(high_.size());
    high_.resize(high_.size() + page_size);
  }
  high_[page + place % page_size] += wraps;
}

}  // namespace nadir

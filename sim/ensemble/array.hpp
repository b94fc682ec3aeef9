#pragma once
/// Memory for many numbers that is not touched before they are written: a run of a million patients starts, and can be
/// stopped, at once.

#include <cstddef>
#include <memory>

namespace nadir {

/// A fixed number of values, without initial values. Each must be written before it is read.
template <class T>
class Array {
 public:
  explicit Array(std::size_t size = 0) : size_(size), values_(std::make_unique_for_overwrite<T[]>(size)) {}

  std::size_t size() const { return size_; }
  T& operator[](std::size_t i) { return values_[i]; }
  const T& operator[](std::size_t i) const { return values_[i]; }
  T* begin() { return values_.get(); }
  T* end() { return values_.get() + size_; }
  const T* begin() const { return values_.get(); }
  const T* end() const { return values_.get() + size_; }
  T* data() { return values_.get(); }
  const T* data() const { return values_.get(); }

 private:
  std::size_t size_;
  std::unique_ptr<T[]> values_;
};

}  // namespace nadir

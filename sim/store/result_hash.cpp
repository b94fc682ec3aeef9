#include "sim/store/result_hash.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include "sim/base/digest.hpp"
#include "sim/store/skeleton.hpp"

namespace nadir {

namespace {

void add_texts(Digest& digest, const Values& values) {
  for (const std::string& word : std::get<std::vector<std::string>>(values)) digest.add(word);
}

/// `add_values` adds the values of a variable, by its place in the header.
std::string result_hash_of(const Dataset& header, const std::function<void(Digest&, std::size_t)>& add_values) {
  std::vector<std::size_t> order(header.variables.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return header.variables[a].name < header.variables[b].name; });
  Digest digest;
  for (const std::size_t index : order) {
    const Variable& variable = header.variables[index];
    digest.add(variable.name);
    digest.add(std::uint64_t{variable.values.index()});
    for (const std::string& dimension : variable.dimensions) digest.add(dimension);
    for (const std::string& dimension : variable.dimensions)
      digest.add(std::uint64_t{elements(header, {.dimensions = {dimension}})});
    add_values(digest, index);
  }
  return digest.hex();
}

bool is_text(const Variable& variable) { return std::holds_alternative<std::vector<std::string>>(variable.values); }

}  // namespace

std::string result_hash(const Dataset& dataset) {
  return result_hash_of(dataset, [&](Digest& digest, std::size_t index) {
    const Variable& variable = dataset.variables[index];
    if (is_text(variable)) return add_texts(digest, variable.values);
    digest.add(bytes_of(variable.values));
  });
}

std::string result_hash(const InputFile& file) {
  return result_hash_of(file.header(), [&](Digest& digest, std::size_t index) {
    if (is_text(file.header().variables[index])) return add_texts(digest, file.values(index));
    file.stream(index, 1, [&](std::span<const std::byte> piece) { digest.add(piece); });
  });
}

}  // namespace nadir

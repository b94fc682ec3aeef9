#pragma once
/// One number that tells whether two results are the same: over all datasets in the order of their names, each with its
/// type, its shape and its values. Attributes, dates, hosts, threads and paths are not in it.

#include <filesystem>
#include <string>
#include <string_view>

#include "sim/store/input_file.hpp"

namespace nadir {

/// The attribute of the whole file that holds the hash.
inline constexpr std::string_view result_hash_name = "result_hash";

std::string result_hash(const Dataset& dataset);
std::string result_hash(const InputFile& file);

}  // namespace nadir

#pragma once
/// Giving a finished file its final name.

#include <filesystem>

namespace nadir {

/// The folder that a file of this name lies in.
std::filesystem::path folder_of(const std::filesystem::path& path);

/// Flushes a folder's list of names to the disk. Throws StoreError about `target`.
void sync_folder(const std::filesystem::path& folder, const std::filesystem::path& target);

/// Moves `from`, which is flushed to the disk, to `target` on the same disk and flushes the folder; without
/// `overwrite`, only where the name is free, also when another program takes it at this very moment. Throws StoreError.
void publish(const std::filesystem::path& from, const std::filesystem::path& target, bool overwrite);

}  // namespace nadir

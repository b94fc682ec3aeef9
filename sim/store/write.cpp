#include "sim/store/write.hpp"

#include "sim/store/finish.hpp"
#include "sim/store/hidden_file.hpp"
#include "sim/store/publish.hpp"
#include "sim/store/skeleton.hpp"
#include "sim/store/store_error.hpp"

namespace nadir {

namespace fs = std::filesystem;

void check_folder(const fs::path& folder, const fs::path& target) {
  std::error_code error;
  if (!fs::exists(folder, error))
    throw StoreError(target, "the folder '" + folder.string() + "' does not exist",
                     "create it: mkdir -p " + folder.string());
  if (!fs::is_directory(folder, error))
    throw StoreError(target, "'" + folder.string() + "' is not a folder", "choose another folder");
}

void check_writable(const fs::path& path, const WriteOptions& options) {
  std::error_code error;
  if (!path.has_filename())
    throw StoreError(path, "this is not the name of a file", "give a name such as out/result.h5");
  check_folder(folder_of(path), path);
  if (fs::is_directory(path, error)) throw StoreError(path, "this is a folder", "give a name for the file in it");
  if (fs::exists(fs::symlink_status(path, error)) && !options.overwrite)
    throw StoreError(path, "the file exists already", "choose another name with -o, or replace it with --overwrite");
  const HiddenFile probe(path);
}

void write(const Dataset& dataset, const fs::path& path, const WriteOptions& options) {
  check_writable(path, options);
  for (const Variable& variable : dataset.variables) {
    const std::size_t count = std::visit([](const auto& list) { return list.size(); }, variable.values);
    if (count != elements(dataset, variable))
      throw StoreError(path, "'" + variable.name + "' has another size than its dimensions");
  }
  HiddenFile hidden(path);
  const Skeleton skeleton = lay_out(dataset, path);
  hidden.file().reserve(skeleton.file.end);
  put(hidden.file(), skeleton);
  for (std::size_t i = 0; i < dataset.variables.size(); ++i)
    put(hidden.file(), skeleton.rooms[i], dataset.variables[i].values);
  hidden.file().sync();
  verify(dataset, skeleton, hidden.path());
  hidden.publish(options.overwrite);
}

}  // namespace nadir

#include "sim/store/write.hpp"

#include "sim/store/hdf5_file.hpp"
#include "sim/store/hidden_file.hpp"
#include "sim/store/store_error.hpp"

namespace nadir {

namespace fs = std::filesystem;

void check_writable(const fs::path& path, const WriteOptions& options) {
  std::error_code error;
  const fs::path folder = folder_of(path);
  if (!path.has_filename())
    throw StoreError(path, "this is not the name of a file", "give a name such as out/result.h5");
  if (!fs::exists(folder, error))
    throw StoreError(path, "the folder '" + folder.string() + "' does not exist",
                     "create it: mkdir -p " + folder.string());
  if (!fs::is_directory(folder, error))
    throw StoreError(path, "'" + folder.string() + "' is not a folder", "choose another folder with -o");
  if (fs::is_directory(path, error)) throw StoreError(path, "this is a folder", "give a name for the file in it");
  if (fs::exists(fs::symlink_status(path, error)) && !options.overwrite)
    throw StoreError(path, "the file exists already", "choose another name with -o, or replace it with --overwrite");
  const HiddenFile probe(path);
}

void write(const Dataset& dataset, const fs::path& path, const WriteOptions& options) {
  check_writable(path, options);
  HiddenFile file(path);
  file.fill(hdf5_image(dataset, path, options.deflate));
  verify_hdf5(dataset, file.path());
  file.publish(options.overwrite);
}

}  // namespace nadir

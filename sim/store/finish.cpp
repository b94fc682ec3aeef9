#include "sim/store/finish.hpp"

#include <stdexcept>

#include "sim/store/input_file.hpp"
#include "sim/store/result_hash.hpp"
#include "sim/store/store_error.hpp"

namespace nadir {

void verify(const Dataset& dataset, const Skeleton& skeleton, const std::filesystem::path& path) {
  const InputFile file(path, "");
  for (std::size_t i = 0; i < dataset.variables.size(); ++i) {
    const Room& room = skeleton.rooms[i];
    const auto found = find(file.header(), dataset.variables[i].name);
    const bool whole =
        found && file.elements(*found) == room.elements && (room.elements == 0 || file.offset(*found) == room.offset);
    if (!whole)
      throw StoreError(path, "'" + dataset.variables[i].name + "' was not written whole",
                       "run again; is the disk sound?");
  }
}

std::string finish(DiskFile& file, Dataset dataset, const std::vector<Room>& rooms,
                   const std::filesystem::path& target) {
  dataset.attributes.emplace_back(result_hash_name, std::string(32, '0'));
  Skeleton skeleton = lay_out(dataset, target);
  for (std::size_t i = 0; i < rooms.size(); ++i)
    if (skeleton.rooms[i].offset != rooms[i].offset) throw std::logic_error("a dataset has moved within its file");
  put(file, skeleton);
  for (std::size_t i = 0; i < dataset.variables.size(); ++i) put(file, skeleton.rooms[i], dataset.variables[i].values);
  const std::string hash = result_hash(InputFile(file.path(), ""));
  dataset.attributes.back().second = hash;
  put(file, lay_out(dataset, target));
  file.sync();
  verify(dataset, skeleton, file.path());
  return hash;
}

}  // namespace nadir

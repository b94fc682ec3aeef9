#include "sim/store/read.hpp"

#include "sim/store/input_file.hpp"
#include "sim/store/layout.hpp"
#include "sim/store/result_hash.hpp"
#include "sim/store/store_error.hpp"

namespace nadir {

Dataset read(const std::filesystem::path& path) {
  const InputFile file(path, file_type);
  Dataset dataset = file.header();
  for (std::size_t i = 0; i < dataset.variables.size(); ++i) dataset.variables[i].values = file.values(i);
  const auto* stored = find_attribute<std::string>(dataset.attributes, result_hash_name);
  if (stored != nullptr && *stored != result_hash(dataset))
    throw StoreError(path, "its numbers do not fit its result_hash: the file is damaged or was changed",
                     "copy it again, or run the scenario again");
  return dataset;
}

}  // namespace nadir

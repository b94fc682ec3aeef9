#include "sim/store/hdf5_file.hpp"

#include <hdf5_hl.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>
#include <map>

#include "sim/store/h5.hpp"
#include "sim/store/memory_file.hpp"
#include "sim/store/store_error.hpp"

namespace nadir {

namespace {

using h5::Handle;

hid_t memory_type(const std::vector<double>&) { return H5T_NATIVE_DOUBLE; }
hid_t memory_type(const std::vector<float>&) { return H5T_NATIVE_FLOAT; }
hid_t memory_type(const std::vector<std::int64_t>&) { return H5T_NATIVE_INT64; }
hid_t memory_type(const std::vector<std::int32_t>&) { return H5T_NATIVE_INT32; }
hid_t memory_type(const std::vector<std::int8_t>&) { return H5T_NATIVE_INT8; }

std::size_t count(const Values& values) {
  return std::visit([](const auto& list) { return list.size(); }, values);
}

class Writer {
 public:
  Writer(const Dataset& dataset, const std::filesystem::path& path, int deflate)
      : dataset_(dataset), call_(path), deflate_(deflate) {}

  std::vector<std::byte> image() {
    h5::silence();
    create();
    for (const Dimension& dimension : dataset_.dimensions) scale(dimension);
    for (const Variable& variable : dataset_.variables)
      if (!is_coordinate(variable)) array(variable);
    for (const auto& [name, value] : dataset_.attributes) attribute(file_, name, value);
    for (auto& [name, id] : scales_) call_.check(id.close(), "close a dimension");
    call_.check(H5Fflush(file_, H5F_SCOPE_LOCAL), "lay out the file");
    call_.check(file_.close(), "close the file");
    const std::size_t size = h5::end_of_file(bytes_);
    if (size == 0) throw StoreError(call_.path(), "this HDF5 lays out files in another way", "use HDF5 1.10 to 1.14");
    bytes_.resize(size);
    return std::move(bytes_);
  }

 private:
  void create() {
    const Handle create = call_.own(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "prepare the file");
    call_.check(H5Pset_link_creation_order(create, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "prepare the file");
    call_.check(H5Pset_attr_creation_order(create, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "prepare the file");
    call_.check(H5Pset_attr_phase_change(create, 0, 0), "prepare the file");  // long texts as attributes
    call_.check(H5Pset_obj_track_times(create, false), "prepare the file");
    const Handle access = call_.own(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "prepare the file");
    call_.check(H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V110), "prepare the file");
    call_.check(h5::keep_in_memory(access, bytes_), "prepare the file");
    // HDF5 tells files in memory apart by their names, and would first read an existing file of the name.
    const std::string name = call_.path().string() + " (in memory)";
    file_ = call_.own(H5Fcreate(name.c_str(), H5F_ACC_TRUNC, create, access), H5Fclose, "create the file");
  }

  static bool is_coordinate(const Variable& variable) {
    return variable.dimensions.size() == 1 && variable.dimensions[0] == variable.name;
  }

  std::size_t size_of(const std::string& dimension) const {
    for (const Dimension& known : dataset_.dimensions)
      if (known.name == dimension) return known.size;
    throw StoreError(call_.path(), "the dimension '" + dimension + "' is not declared");
  }

  /// A dimension's own dataset: its coordinate values, or the place-holder that netCDF uses where there are none.
  void scale(const Dimension& dimension) {
    const auto found = std::find_if(dataset_.variables.begin(), dataset_.variables.end(),
                                    [&](const Variable& v) { return is_coordinate(v) && v.name == dimension.name; });
    if (found != dataset_.variables.end()) {
      Handle id = dataset(*found);
      call_.check(H5DSset_scale(id, dimension.name.c_str()), "declare a dimension");
      attributes(id, *found);
      scales_.emplace(dimension.name, std::move(id));
      return;
    }
    const Variable empty{dimension.name, {dimension.name}, std::vector<float>(dimension.size), {}};
    Handle id = dataset(empty);
    char text[80];
    std::snprintf(text, sizeof text, "This is a netCDF dimension but not a netCDF variable.%10zu", dimension.size);
    call_.check(H5DSset_scale(id, text), "declare a dimension");
    scales_.emplace(dimension.name, std::move(id));
  }

  void array(const Variable& variable) {
    Handle id = dataset(variable);
    for (std::size_t axis = 0; axis < variable.dimensions.size(); ++axis) {
      call_.check(H5DSattach_scale(id, scales_.at(variable.dimensions[axis]), static_cast<unsigned>(axis)),
                  "attach a dimension");
    }
    attributes(id, variable);
    call_.check(id.close(), "write the data");  // this is where HDF5 compresses the last chunks
  }

  /// Creates and fills a dataset.
  Handle dataset(const Variable& variable) {
    std::vector<hsize_t> extent;
    hsize_t expected = 1;
    for (const std::string& name : variable.dimensions) {
      extent.push_back(size_of(name));
      expected *= extent.back();
    }
    if (expected != count(variable.values))
      throw StoreError(call_.path(), "'" + variable.name + "' has another size than its dimensions");
    const Handle space = call_.own(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), H5Sclose,
                                   "lay out a dataset");
    const Handle create = layout(variable, extent);
    const auto put = [&](hid_t type, const void* data) {
      Handle id = call_.own(H5Dcreate2(file_, variable.name.c_str(), type, space, H5P_DEFAULT, create, H5P_DEFAULT),
                            H5Dclose, "create a dataset");
      if (expected > 0) call_.check(H5Dwrite(id, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), "write the data");
      return id;
    };
    return std::visit(
        [&](const auto& list) {
          if constexpr (std::is_same_v<std::decay_t<decltype(list)>, std::vector<std::string>>) {
            const Handle text = utf8(H5T_VARIABLE);
            std::vector<const char*> pointers;
            for (const std::string& word : list) pointers.push_back(word.c_str());
            return put(text, pointers.data());
          } else {
            return put(memory_type(list), list.data());
          }
        },
        variable.values);
  }

  Handle utf8(std::size_t size) {
    Handle type = call_.own(H5Tcopy(H5T_C_S1), H5Tclose, "describe a text");
    call_.check(H5Tset_size(type, size), "describe a text");
    call_.check(H5Tset_strpad(type, H5T_STR_NULLTERM), "describe a text");
    call_.check(H5Tset_cset(type, H5T_CSET_UTF8), "describe a text");
    return type;
  }

  /// Chunks of about 256 KiB with whole rows, compressed and with checksums; small arrays stay as they are.
  Handle layout(const Variable& variable, const std::vector<hsize_t>& extent) {
    Handle create = call_.own(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "lay out a dataset");
    call_.check(H5Pset_obj_track_times(create, false), "lay out a dataset");
    call_.check(H5Pset_attr_creation_order(create, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "lay out a dataset");
    fill_value(create, variable.values);
    constexpr hsize_t small = 1024, chunk_bytes = 262144;
    const bool text = std::holds_alternative<std::vector<std::string>>(variable.values);
    hsize_t row = sizeof(double);
    for (std::size_t i = 1; i < extent.size(); ++i) row *= extent[i];
    if (text || extent.empty() || row == 0 || extent[0] * row < small) return create;
    std::vector<hsize_t> chunk = extent;
    chunk[0] = std::clamp<hsize_t>(chunk_bytes / row, 1, extent[0]);
    call_.check(H5Pset_chunk(create, static_cast<int>(chunk.size()), chunk.data()), "lay out a dataset");
    if (deflate_ > 0) {
      call_.check(H5Pset_shuffle(create), "lay out a dataset");
      call_.check(H5Pset_deflate(create, static_cast<unsigned>(deflate_)), "lay out a dataset");
    }
    call_.check(H5Pset_fletcher32(create), "lay out a dataset");
    return create;
  }

  /// Numbers that were never written read as "not a number", never as zero.
  void fill_value(hid_t create, const Values& values) {
    const double d = std::numeric_limits<double>::quiet_NaN();
    const float f = std::numeric_limits<float>::quiet_NaN();
    if (std::holds_alternative<std::vector<double>>(values))
      call_.check(H5Pset_fill_value(create, H5T_NATIVE_DOUBLE, &d), "lay out a dataset");
    if (std::holds_alternative<std::vector<float>>(values))
      call_.check(H5Pset_fill_value(create, H5T_NATIVE_FLOAT, &f), "lay out a dataset");
  }

  void attributes(hid_t id, const Variable& variable) {
    for (const auto& [name, value] : variable.attributes) attribute(id, name, value);
    if (is_coordinate(variable)) return;
    if (std::holds_alternative<std::vector<double>>(variable.values))
      put_attribute(id, "_FillValue", H5T_NATIVE_DOUBLE, list_of(1),
                    std::array{std::numeric_limits<double>::quiet_NaN()}.data());
    if (std::holds_alternative<std::vector<float>>(variable.values))
      put_attribute(id, "_FillValue", H5T_NATIVE_FLOAT, list_of(1),
                    std::array{std::numeric_limits<float>::quiet_NaN()}.data());
  }

  void attribute(hid_t id, const std::string& name, const Attribute& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      const Handle type = utf8(text->size() + 1);
      put_attribute(id, name.c_str(), type, scalar(), text->c_str());
    } else if (const auto* number = std::get_if<double>(&value)) {
      put_attribute(id, name.c_str(), H5T_NATIVE_DOUBLE, scalar(), number);
    } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      put_attribute(id, name.c_str(), H5T_NATIVE_INT64, scalar(), integer);
    } else {
      const auto& list = std::get<std::vector<std::int8_t>>(value);
      put_attribute(id, name.c_str(), H5T_NATIVE_INT8, list_of(list.size()), list.data());
    }
  }

  Handle scalar() const { return call_.own(H5Screate(H5S_SCALAR), H5Sclose, "describe an attribute"); }
  Handle list_of(hsize_t size) const {
    return call_.own(H5Screate_simple(1, &size, nullptr), H5Sclose, "describe an attribute");
  }

  void put_attribute(hid_t id, const char* name, hid_t type, const Handle& space, const void* data) {
    const Handle attribute =
        call_.own(H5Acreate2(id, name, type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose, "create an attribute");
    if (data != nullptr) call_.check(H5Awrite(attribute, type, data), "write an attribute");  // an empty list has none
  }

  const Dataset& dataset_;
  h5::Caller call_;
  int deflate_;
  std::vector<std::byte> bytes_;  // outlives the file, which lies in it
  Handle file_;
  std::map<std::string, Handle> scales_;
};

}  // namespace

std::vector<std::byte> hdf5_image(const Dataset& dataset, const std::filesystem::path& path, int deflate) {
  return Writer(dataset, path, deflate).image();
}

void verify_hdf5(const Dataset& dataset, const std::filesystem::path& path) {
  const h5::Caller call(path);
  const Handle file =
      call.own(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "open the written file again");
  const auto expect = [&](const std::string& name, std::size_t expected) {
    const Handle id = call.own(H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose, "find a written dataset");
    const Handle space = call.own(H5Dget_space(id), H5Sclose, "read the size of a dataset");
    const hssize_t size = H5Sget_simple_extent_npoints(space);
    if (size < 0 || static_cast<std::size_t>(size) != expected)
      throw StoreError(path, "'" + name + "' was not written whole", "run again; is the disk sound?");
  };
  for (const Dimension& dimension : dataset.dimensions) expect(dimension.name, dimension.size);
  for (const Variable& variable : dataset.variables) expect(variable.name, count(variable.values));
}

}  // namespace nadir

#include "sim/store/read.hpp"

#include <hdf5_hl.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <utility>

#include "sim/store/h5.hpp"
#include "sim/store/layout.hpp"
#include "sim/store/read_attributes.hpp"
#include "sim/store/store_error.hpp"

namespace nadir {

namespace {

namespace fs = std::filesystem;
using h5::Handle;

/// What netCDF calls a dimension that has no coordinate values.
constexpr std::string_view bare_dimension = "This is a netCDF dimension but not a netCDF variable.";

/// The name of the scale on one axis; H5DSiterate_scales wants a C function, through which nothing may be thrown.
herr_t keep_name(hid_t, unsigned, hid_t scale, void* target) noexcept {
  std::array<char, 256> text{};
  const ssize_t length = H5Iget_name(scale, text.data(), text.size());
  if (length <= 1 || static_cast<std::size_t>(length) >= text.size()) return -1;
  *static_cast<std::array<char, 256>*>(target) = text;
  return 1;  // the first scale is enough
}

class Reader {
 public:
  explicit Reader(const fs::path& path) : call_(path) {}

  Dataset read() {
    h5::silence();
    open();
    check_identity();
    dataset_.attributes = read_attributes(call_, file_);
    H5G_info_t group{};
    call_.check(H5Gget_info(file_, &group), "list the datasets");
    for (hsize_t i = 0; i < group.nlinks; ++i) object(name_of(i));
    dataset_.variables = std::move(coordinates_);
    std::move(arrays_.begin(), arrays_.end(), std::back_inserter(dataset_.variables));
    return std::move(dataset_);
  }

 private:
  void open() {
    const fs::path& path = call_.path();
    std::error_code error;
    if (!fs::exists(path, error)) throw StoreError(path, "there is no such file", "make it with 'nadir run'");
    if (!fs::is_regular_file(path, error)) throw StoreError(path, "this is not a file");
    const htri_t is_hdf5 = H5Fis_hdf5(path.c_str());
    call_.check(is_hdf5, "open the file");
    if (is_hdf5 == 0)
      throw StoreError(path, "this is not an HDF5 file",
                       "name a result that 'nadir run' has written, such as out/result.h5");
    const hid_t id = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    if (id < 0) {
      const std::string cause = h5::last_error();
      if (cause.find("truncated") != std::string::npos)
        throw StoreError(path, "the file is truncated: its end is missing",
                         "copy it again, whole, or run the scenario again");
      throw StoreError(path, "cannot open the file: " + cause,
                       "is it damaged, or being written? on a network disk, try HDF5_USE_FILE_LOCKING=FALSE");
    }
    file_ = Handle(id, H5Fclose);
  }

  /// Another program's file, and a layout of another major version, would be misread.
  void check_identity() const {
    if (read_text(call_, file_, "filetype") != std::string(file_type))
      throw StoreError(call_.path(), "this HDF5 file is not a result of nadir (its filetype is not 'nadir-ensemble')",
                       "name a result that 'nadir run' has written");
    const std::string format = read_text(call_, file_, "format_version").value_or("unknown");
    const auto major = [](std::string_view text) { return text.substr(0, text.find('.')); };
    if (major(format) == major(format_version)) return;
    const std::string maker = read_text(call_, file_, "nadir_version").value_or("of that format");
    throw StoreError(
        call_.path(),
        "its format version is " + format + "; this nadir reads version " + std::string(major(format_version)),
        "read it with nadir " + maker + ", or run the scenario again");
  }

  std::string name_of(hsize_t index) const {
    const ssize_t length =
        H5Lget_name_by_idx(file_, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, index, nullptr, 0, H5P_DEFAULT);
    call_.check(length, "list the datasets");
    std::string name(static_cast<std::size_t>(length), '\0');
    call_.check(H5Lget_name_by_idx(file_, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, index, name.data(), name.size() + 1,
                                   H5P_DEFAULT),
                "list the datasets");
    return name;
  }

  void object(const std::string& name) {
    const Handle id = call_.own(H5Dopen2(file_, name.c_str(), H5P_DEFAULT), H5Dclose, "open a dataset");
    const std::vector<hsize_t> extent = extent_of(id);
    const htri_t is_scale = H5DSis_scale(id);
    call_.check(is_scale, "read a dimension");
    if (is_scale > 0) {
      if (extent.size() != 1) throw StoreError(call_.path(), "the dimension '" + name + "' is not one-dimensional");
      dataset_.dimensions.push_back({name, static_cast<std::size_t>(extent[0])});
      if (is_bare(id)) return;
    }
    Variable variable{.name = name, .values = values_of(id, name, extent), .attributes = read_attributes(call_, id)};
    for (std::size_t axis = 0; axis < extent.size(); ++axis)
      variable.dimensions.push_back(is_scale > 0 ? name : dimension_of(id, name, axis));
    (is_scale > 0 ? coordinates_ : arrays_).push_back(std::move(variable));
  }

  bool is_bare(hid_t id) const {
    std::array<char, bare_dimension.size() + 1> text{};
    call_.check(H5DSget_scale_name(id, text.data(), text.size()), "read a dimension");
    return std::string_view(text.data()) == bare_dimension;
  }

  std::string dimension_of(hid_t id, const std::string& name, std::size_t axis) const {
    std::array<char, 256> text{};
    const herr_t found = H5DSiterate_scales(id, static_cast<unsigned>(axis), nullptr, keep_name, &text);
    call_.check(found, "read the dimensions of a dataset");
    if (found == 0)
      throw StoreError(call_.path(), "axis " + std::to_string(axis) + " of '" + name + "' has no dimension scale");
    return text.data() + 1;  // after the slash of the root group
  }

  std::vector<hsize_t> extent_of(hid_t id) const {
    const Handle space = call_.own(H5Dget_space(id), H5Sclose, "read the size of a dataset");
    const int rank = H5Sget_simple_extent_ndims(space);
    call_.check(rank, "read the size of a dataset");
    std::vector<hsize_t> extent(static_cast<std::size_t>(rank));
    call_.check(H5Sget_simple_extent_dims(space, extent.data(), nullptr), "read the size of a dataset");
    return extent;
  }

  Values values_of(hid_t id, const std::string& name, const std::vector<hsize_t>& extent) const {
    const Handle type = call_.own(H5Dget_type(id), H5Tclose, "read the type of a dataset");
    std::size_t count = 1;
    for (const hsize_t size : extent) count *= static_cast<std::size_t>(size);
    const H5T_class_t kind = H5Tget_class(type);
    const std::size_t bytes = H5Tget_size(type);
    if (kind == H5T_FLOAT && bytes == 8) return numbers<double>(id, H5T_NATIVE_DOUBLE, count);
    if (kind == H5T_FLOAT && bytes == 4) return numbers<float>(id, H5T_NATIVE_FLOAT, count);
    const bool is_signed = kind == H5T_INTEGER && H5Tget_sign(type) == H5T_SGN_2;
    if (is_signed && bytes == 8) return numbers<std::int64_t>(id, H5T_NATIVE_INT64, count);
    if (is_signed && bytes == 4) return numbers<std::int32_t>(id, H5T_NATIVE_INT32, count);
    if (is_signed && bytes == 1) return numbers<std::int8_t>(id, H5T_NATIVE_INT8, count);
    if (kind == H5T_STRING && H5Tis_variable_str(type) > 0) return texts(id, type, count);
    throw StoreError(call_.path(), "'" + name + "' has a type that nadir does not write",
                     "has another program changed it?");
  }

  template <typename Number>
  std::vector<Number> numbers(hid_t id, hid_t type, std::size_t count) const {
    std::vector<Number> list(count);
    if (count > 0) call_.check(H5Dread(id, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, list.data()), "read a dataset");
    return list;
  }

  std::vector<std::string> texts(hid_t id, hid_t type, std::size_t count) const {
    std::vector<char*> pointers(count, nullptr);
    std::vector<std::string> list(count);
    if (count == 0) return list;
    call_.check(H5Dread(id, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "read a dataset");
    for (std::size_t i = 0; i < count; ++i)
      if (pointers[i] != nullptr) list[i] = pointers[i];
    const Handle space = call_.own(H5Dget_space(id), H5Sclose, "read a dataset");
    call_.check(H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data()), "read a dataset");
    return list;
  }

  h5::Caller call_;
  Handle file_;
  Dataset dataset_;
  std::vector<Variable> coordinates_;
  std::vector<Variable> arrays_;
};

}  // namespace

Dataset read(const fs::path& path) { return Reader(path).read(); }

}  // namespace nadir

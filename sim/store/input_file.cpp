#include "sim/store/input_file.hpp"

#include <hdf5_hl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <string>
#include <utility>

#include "sim/store/disk_driver.hpp"
#include "sim/store/layout.hpp"
#include "sim/store/publish.hpp"
#include "sim/store/read_attributes.hpp"
#include "sim/store/skeleton.hpp"
#include "sim/store/store_error.hpp"

namespace nadir {

namespace {

namespace fs = std::filesystem;
using h5::Caller;
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

bool is_bare(const Caller& call, hid_t id) {
  std::array<char, bare_dimension.size() + 1> text{};
  call.check(H5DSget_scale_name(id, text.data(), text.size()), "read a dimension");
  return std::string_view(text.data()) == bare_dimension;
}

std::string dimension_of(const Caller& call, hid_t id, const std::string& name, std::size_t axis) {
  std::array<char, 256> text{};
  const herr_t found = H5DSiterate_scales(id, static_cast<unsigned>(axis), nullptr, keep_name, &text);
  call.check(found, "read the dimensions of a dataset");
  if (found == 0)
    throw StoreError(call.path(), "axis " + std::to_string(axis) + " of '" + name + "' has no dimension scale");
  return text.data() + 1;  // after the slash of the root group
}

std::vector<hsize_t> extent_of(const Caller& call, hid_t id) {
  const Handle space = call.own(H5Dget_space(id), H5Sclose, "read the size of a dataset");
  const int rank = H5Sget_simple_extent_ndims(space);
  call.check(rank, "read the size of a dataset");
  std::vector<hsize_t> extent(static_cast<std::size_t>(rank));
  call.check(H5Sget_simple_extent_dims(space, extent.data(), nullptr), "read the size of a dataset");
  return extent;
}

/// No values, of the type that a dataset has.
Values empty_values(const Caller& call, hid_t id, const std::string& name) {
  const Handle type = call.own(H5Dget_type(id), H5Tclose, "read the type of a dataset");
  const H5T_class_t kind = H5Tget_class(type);
  const std::size_t bytes = H5Tget_size(type);
  const bool little = bytes == 1 || H5Tget_order(type) == H5T_ORDER_LE;
  if (kind == H5T_FLOAT && bytes == 8 && little) return std::vector<double>{};
  if (kind == H5T_FLOAT && bytes == 4 && little) return std::vector<float>{};
  const bool is_signed = kind == H5T_INTEGER && H5Tget_sign(type) == H5T_SGN_2;
  if (is_signed && bytes == 8 && little) return std::vector<std::int64_t>{};
  if (is_signed && bytes == 4 && little) return std::vector<std::int32_t>{};
  if (is_signed && bytes == 1) return std::vector<std::int8_t>{};
  if (kind == H5T_STRING && H5Tis_variable_str(type) > 0) return std::vector<std::string>{};
  throw StoreError(call.path(), "'" + name + "' has a type that nadir does not write",
                   "has another program changed it?");
}

std::vector<std::string> texts(const Caller& call, hid_t id, std::size_t count) {
  const Handle type = call.own(H5Dget_type(id), H5Tclose, "read the type of a dataset");
  std::vector<char*> pointers(count, nullptr);
  std::vector<std::string> list(count);
  if (count == 0) return list;
  call.check(H5Dread(id, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "read a dataset");
  for (std::size_t i = 0; i < count; ++i)
    if (pointers[i] != nullptr) list[i] = pointers[i];
  const Handle space = call.own(H5Dget_space(id), H5Sclose, "read a dataset");
  call.check(H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data()), "read a dataset");
  return list;
}

}  // namespace

/// The file as HDF5 sees it, and its plain bytes.
class InputFile::Opened {
 public:
  Opened(const fs::path& path, std::string_view type) : call_(path) {
    h5::silence();
    open(type);
    if (!type.empty()) check_identity(type);
  }

  Dataset header() {
    Dataset header{.attributes = read_attributes(call_, file_)};
    std::vector<Variable> arrays;
    H5G_info_t group{};
    call_.check(H5Gget_info(file_, &group), "list the datasets");
    for (hsize_t i = 0; i < group.nlinks; ++i) object(name_of(i), header, arrays);
    std::move(arrays.begin(), arrays.end(), std::back_inserter(header.variables));
    return header;
  }

  Handle dataset(const std::string& name) const {
    return call_.own(H5Dopen2(file_, name.c_str(), H5P_DEFAULT), H5Dclose, "open a dataset");
  }

  const Caller& call() const { return call_; }
  const DiskFile& bytes() const { return *bytes_; }

 private:
  void open(std::string_view type) {
    const fs::path& path = call_.path();
    std::error_code error;
    if (!fs::exists(path, error)) throw StoreError(path, "there is no such file", "make it with 'nadir run'");
    if (!fs::is_regular_file(path, error)) throw StoreError(path, "this is not a file");
    bytes_.emplace(path, DiskFile::Mode::read, path);
    if (!has_signature())
      throw StoreError(path, "this is not an HDF5 file",
                       type == file_type ? "name a result that 'nadir run' has written, such as out/result.h5"
                                         : "remove the file and run this shard again");
    source_.emplace(h5::DiskSource{*bytes_, nullptr});
    const Handle driver = call_.own(h5::register_disk_driver(), H5FDunregister, "prepare to read the file");
    const Handle access = call_.own(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "prepare to read the file");
    call_.check(h5::read_from(access, driver, *source_), "prepare to read the file");
    const hid_t id = H5Fopen(path.c_str(), H5F_ACC_RDONLY, access);
    if (id < 0) {
      if (source_->failure) std::rethrow_exception(source_->failure);
      const std::string cause = h5::last_error();
      if (cause.find("truncated") != std::string::npos)
        throw StoreError(path, "the file is truncated: its end is missing",
                         "copy it again, whole, or run the scenario again");
      throw StoreError(path, "cannot open the file: " + cause, "is it damaged, or being written?");
    }
    file_ = Handle(id, H5Fclose);
  }

  /// The mark that every HDF5 file begins with.
  bool has_signature() const {
    constexpr std::string_view signature = "\211HDF\r\n\032\n";
    std::array<char, signature.size()> start{};
    if (bytes_->size() < start.size()) return false;
    bytes_->read(0, std::as_writable_bytes(std::span(start)));
    return std::string_view(start.data(), start.size()) == signature;
  }

  void check_identity(std::string_view type) const {
    const std::string found = read_text(call_, file_, "filetype").value_or("missing");
    if (found != type) {
      const std::string wanted(type);
      throw StoreError(call_.path(),
                       "this HDF5 file is not a " + std::string(type == file_type ? "result" : "shard") +
                           " of nadir (its filetype is " + (found == "missing" ? found : "'" + found + "'") +
                           ", not '" + wanted + "')",
                       found == shard_file_type
                           ? "join the shards of its folder: nadir merge " + folder_of(call_.path()).string()
                           : "name a file that 'nadir run' has written");
    }
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

  void object(const std::string& name, Dataset& header, std::vector<Variable>& arrays) {
    const Handle id = call_.own(H5Dopen2(file_, name.c_str(), H5P_DEFAULT), H5Dclose, "open a dataset");
    const std::vector<hsize_t> extent = extent_of(call_, id);
    const htri_t is_scale = H5DSis_scale(id);
    call_.check(is_scale, "read a dimension");
    if (is_scale > 0) {
      if (extent.size() != 1) throw StoreError(call_.path(), "the dimension '" + name + "' is not one-dimensional");
      header.dimensions.push_back({name, static_cast<std::size_t>(extent[0])});
      if (is_bare(call_, id)) return;
    }
    Variable variable{.name = name, .values = empty_values(call_, id, name), .attributes = read_attributes(call_, id)};
    for (std::size_t axis = 0; axis < extent.size(); ++axis)
      variable.dimensions.push_back(is_scale > 0 ? name : dimension_of(call_, id, name, axis));
    (is_scale > 0 ? header.variables : arrays).push_back(std::move(variable));
  }

  Caller call_;
  std::optional<DiskFile> bytes_;
  std::optional<h5::DiskSource> source_;  // of file_
  Handle file_;
};

InputFile::InputFile(const fs::path& path, std::string_view type) {
  const h5::Turn turn;
  opened_ = std::make_unique<Opened>(path, type);
  header_ = opened_->header();
}

InputFile::~InputFile() {
  const h5::Turn turn;
  opened_.reset();
}

const fs::path& InputFile::path() const { return opened_->call().path(); }

std::size_t InputFile::elements(std::size_t index) const { return nadir::elements(header_, header_.variables[index]); }

std::optional<std::uint64_t> InputFile::offset(std::size_t index) const {
  const h5::Turn turn;
  const haddr_t place = H5Dget_offset(opened_->dataset(header_.variables[index].name));
  if (place == HADDR_UNDEF) return std::nullopt;
  return place;
}

Values InputFile::values(std::size_t index) const {
  Values values = header_.variables[index].values;
  const std::size_t count = elements(index);
  if (auto* words = std::get_if<std::vector<std::string>>(&values)) {
    const h5::Turn turn;
    *words = texts(opened_->call(), opened_->dataset(header_.variables[index].name), count);
    return values;
  }
  std::byte* to = std::visit(
      [&](auto& list) {
        list.resize(count);
        return reinterpret_cast<std::byte*>(list.data());
      },
      values);
  stream(index, 1, [&](std::span<const std::byte> piece) { to = std::copy(piece.begin(), piece.end(), to); });
  return values;
}

void InputFile::stream(std::size_t index, std::size_t row, const Taker& take) const {
  const std::size_t row_bytes = row * element_size(header_.variables[index].values);
  const std::size_t all = elements(index) * element_size(header_.variables[index].values);
  if (all == 0) return;
  const std::optional<std::uint64_t> place = offset(index);
  const std::size_t portion = place ? std::max<std::size_t>((std::size_t{1} << 20) / row_bytes, 1) * row_bytes : all;
  std::vector<std::byte> piece(std::min(portion, all));
  for (std::size_t at = 0; at < all; at += piece.size()) {
    piece.resize(std::min(portion, all - at));
    if (place) {
      opened_->bytes().read(*place + at, piece);
    } else {
      const h5::Turn turn;
      const Handle id = opened_->dataset(header_.variables[index].name);
      const Handle type = opened_->call().own(H5Dget_type(id), H5Tclose, "read the type of a dataset");
      opened_->call().check(H5Dread(id, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, piece.data()), "read a dataset");
    }
    take(piece);
  }
}

std::vector<double> InputFile::column(std::size_t index, std::size_t row) const {
  std::vector<double> values;
  values.reserve(elements(index) / row);
  stream(index, row, [&](std::span<const std::byte> piece) {
    for (std::size_t at = 0; at < piece.size(); at += row * sizeof(double)) {
      double value = 0.0;
      std::memcpy(&value, piece.data() + at, sizeof value);
      values.push_back(value);
    }
  });
  return values;
}

}  // namespace nadir

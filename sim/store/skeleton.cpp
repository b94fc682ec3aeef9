#include "sim/store/skeleton.hpp"

#include <hdf5_hl.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>
#include <map>
#include <string>

#include "sim/store/h5.hpp"
#include "sim/store/sparse_driver.hpp"
#include "sim/store/store_error.hpp"

namespace nadir {

namespace {

using h5::Handle;

/// Of a word in the file: its length, and address and place of the heap that holds it in HDF5.
constexpr std::size_t reference_size = 16;

template <class Number>
hid_t memory_type() {
  if constexpr (std::is_same_v<Number, double>) return H5T_NATIVE_DOUBLE;
  if constexpr (std::is_same_v<Number, float>) return H5T_NATIVE_FLOAT;
  if constexpr (std::is_same_v<Number, std::int64_t>) return H5T_NATIVE_INT64;
  if constexpr (std::is_same_v<Number, std::int32_t>) return H5T_NATIVE_INT32;
  if constexpr (std::is_same_v<Number, std::int8_t>) return H5T_NATIVE_INT8;
}

/// How many words stand before all of them come again in the same order: the subjects of a small event table.
std::size_t period(const std::vector<std::string>& words) {
  for (std::size_t length = 1; length < words.size(); ++length)
    if (words[length] == words[0] &&
        std::equal(words.begin() + static_cast<std::ptrdiff_t>(length), words.end(), words.begin()))
      return length;
  return words.size();
}

class Writer {
 public:
  Writer(const Dataset& dataset, const std::filesystem::path& path) : dataset_(dataset), call_(path) {}

  Skeleton lay_out() {
    h5::silence();
    create();
    for (const Variable& variable : dataset_.variables)
      skeleton_.rooms.push_back(is_coordinate(variable) ? coordinate(variable) : array(variable));
    for (const Dimension& dimension : dataset_.dimensions) scale_of(dimension.name);
    for (const auto& [name, value] : dataset_.attributes) attribute(file_, name, value);
    for (auto& [name, id] : scales_) call_.check(id.close(), "close a dimension");
    call_.check(H5Fflush(file_, H5F_SCOPE_LOCAL), "lay out the file");
    call_.check(file_.close(), "close the file");
    for (Room& room : skeleton_.rooms) skeleton_.file.read(room.offset, room.words);
    return std::move(skeleton_);
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
    const Handle driver = call_.own(h5::register_sparse_driver(), H5FDunregister, "prepare the file");
    call_.check(h5::keep_in(access, driver, skeleton_.file), "prepare the file");
    file_ = call_.own(H5Fcreate("in memory", H5F_ACC_TRUNC, create, access), H5Fclose, "create the file");
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
  const Handle& scale_of(const std::string& dimension) {
    const auto known = scales_.find(dimension);
    if (known != scales_.end()) return known->second;
    const std::size_t size = size_of(dimension);
    Handle id = dataset({dimension, {dimension}, std::vector<float>{}, {}}).second;
    std::array<char, 80> text{};
    std::snprintf(text.data(), text.size(), "This is a netCDF dimension but not a netCDF variable.%10zu", size);
    call_.check(H5DSset_scale(id, text.data()), "declare a dimension");
    return scales_.emplace(dimension, std::move(id)).first->second;
  }

  Room coordinate(const Variable& variable) {
    auto [room, id] = dataset(variable);
    call_.check(H5DSset_scale(id, variable.name.c_str()), "declare a dimension");
    attributes(id, variable);
    scales_.emplace(variable.name, std::move(id));
    return std::move(room);
  }

  Room array(const Variable& variable) {
    for (const std::string& dimension : variable.dimensions) scale_of(dimension);
    auto [room, id] = dataset(variable);
    for (std::size_t axis = 0; axis < variable.dimensions.size(); ++axis) {
      call_.check(H5DSattach_scale(id, scale_of(variable.dimensions[axis]), static_cast<unsigned>(axis)),
                  "attach a dimension");
    }
    attributes(id, variable);
    call_.check(id.close(), "lay out a dataset");
    return std::move(room);
  }

  /// Creates a dataset, with its texts but without its numbers.
  std::pair<Room, Handle> dataset(const Variable& variable) {
    std::vector<hsize_t> extent;
    Room room{.elements = 1};
    for (const std::string& name : variable.dimensions) {
      extent.push_back(size_of(name));
      room.elements *= extent.back();
    }
    const Handle space = call_.own(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), H5Sclose,
                                   "lay out a dataset");
    const auto* words = std::get_if<std::vector<std::string>>(&variable.values);
    const Handle type = words != nullptr ? utf8(H5T_VARIABLE) : number(variable.values);
    const Handle create = layout(variable.values);
    Handle id = call_.own(H5Dcreate2(file_, variable.name.c_str(), type, space, H5P_DEFAULT, create, H5P_DEFAULT),
                          H5Dclose, "create a dataset");
    if (room.elements == 0) return {std::move(room), std::move(id)};
    if (words != nullptr) room.words.resize(write(*words, room.elements, id, type) * reference_size);
    const haddr_t offset = H5Dget_offset(id);
    if (offset == HADDR_UNDEF)
      throw StoreError(call_.path(), "this HDF5 lays out files in another way", "use HDF5 1.10 to 1.14");
    room.offset = offset;
    return {std::move(room), std::move(id)};
  }

  /// Writes the words once, how often ever they are repeated over the elements; returns how many there are.
  std::size_t write(const std::vector<std::string>& words, std::size_t elements, hid_t id, hid_t type) const {
    if (words.empty() || words.size() > elements)
      throw StoreError(call_.path(), "a text has another size than its dimensions");
    const hsize_t count = period(words), begin = 0, all = elements;
    std::vector<const char*> pointers;
    for (std::size_t i = 0; i < count; ++i) pointers.push_back(words[i].c_str());
    const Handle memory = call_.own(H5Screate_simple(1, &count, nullptr), H5Sclose, "write a text");
    const Handle file = call_.own(H5Screate_simple(1, &all, nullptr), H5Sclose, "write a text");
    call_.check(H5Sselect_hyperslab(file, H5S_SELECT_SET, &begin, nullptr, &count, nullptr), "write a text");
    call_.check(H5Dwrite(id, type, memory, file, H5P_DEFAULT, pointers.data()), "write a text");
    return count;
  }

  Handle number(const Values& values) const {
    const hid_t type = std::visit(
        [](const auto& list) -> hid_t {
          using Element = typename std::decay_t<decltype(list)>::value_type;
          if constexpr (std::is_same_v<Element, std::string>)
            return -1;
          else
            return memory_type<Element>();
        },
        values);
    return call_.own(H5Tcopy(type), H5Tclose, "describe a number");
  }

  Handle utf8(std::size_t size) {
    Handle type = call_.own(H5Tcopy(H5T_C_S1), H5Tclose, "describe a text");
    call_.check(H5Tset_size(type, size), "describe a text");
    call_.check(H5Tset_strpad(type, H5T_STR_NULLTERM), "describe a text");
    call_.check(H5Tset_cset(type, H5T_CSET_UTF8), "describe a text");
    return type;
  }

  /// Numbers lie in one piece that has its place from the start. Texts get theirs when they are written.
  Handle layout(const Values& values) {
    Handle create = call_.own(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "lay out a dataset");
    call_.check(H5Pset_obj_track_times(create, false), "lay out a dataset");
    call_.check(H5Pset_attr_creation_order(create, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "lay out a dataset");
    call_.check(H5Pset_layout(create, H5D_CONTIGUOUS), "lay out a dataset");
    if (std::holds_alternative<std::vector<std::string>>(values)) return create;
    call_.check(H5Pset_alloc_time(create, H5D_ALLOC_TIME_EARLY), "lay out a dataset");
    call_.check(H5Pset_fill_time(create, H5D_FILL_TIME_NEVER), "lay out a dataset");
    fill_value(create, values);
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
  Skeleton skeleton_;  // outlives the file, which lies in it
  Handle file_;
  std::map<std::string, Handle> scales_;
};

}  // namespace

Skeleton lay_out(const Dataset& dataset, const std::filesystem::path& path) {
  const h5::Turn turn;
  return Writer(dataset, path).lay_out();
}

void put(DiskFile& file, const Skeleton& skeleton) {
  file.resize(skeleton.file.end);
  for (const auto& [offset, bytes] : skeleton.file.pieces()) file.write(offset, bytes);
  for (const Room& room : skeleton.rooms) {
    if (room.words.empty()) continue;
    std::vector<std::byte> rounds;  // about a megabyte at once
    while (rounds.size() < std::size_t{1} << 20) rounds.insert(rounds.end(), room.words.begin(), room.words.end());
    for (std::size_t i = room.words.size(); i < room.elements * reference_size; i += rounds.size())
      file.write(room.offset + i, std::span(rounds).first(std::min(rounds.size(), room.elements * reference_size - i)));
  }
}

void put(DiskFile& file, const Room& room, const Values& values, std::size_t first) {
  file.write(room.offset + first * element_size(values), bytes_of(values));
}

std::span<const std::byte> bytes_of(const Values& values) {
  return std::visit(
      [](const auto& list) -> std::span<const std::byte> {
        if constexpr (std::is_same_v<std::decay_t<decltype(list)>, std::vector<std::string>>)
          return {};
        else
          return std::as_bytes(std::span(list));
      },
      values);
}

std::size_t element_size(const Values& values) {
  constexpr std::array<std::size_t, 6> sizes{8, 4, 8, 4, 1, 0};
  static_assert(std::variant_size_v<Values> == sizes.size());
  return sizes[values.index()];
}

}  // namespace nadir

#include "sim/store/read_attributes.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

#include "sim/store/store_error.hpp"

namespace nadir {

namespace {

using h5::Handle;

constexpr std::array<std::string_view, 8> internal_names{
    "CLASS",      "NAME",          "DIMENSION_LIST",      "REFERENCE_LIST",
    "_FillValue", "_NCProperties", "_Netcdf4Coordinates", "_Netcdf4Dimid"};

std::string name_of(const h5::Caller& call, hid_t attribute) {
  const ssize_t length = H5Aget_name(attribute, 0, nullptr);
  call.check(length, "read an attribute");
  std::string name(static_cast<std::size_t>(length), '\0');
  call.check(H5Aget_name(attribute, name.size() + 1, name.data()), "read an attribute");
  return name;
}

std::string text_of(const h5::Caller& call, hid_t attribute, hid_t type) {
  const htri_t varies = H5Tis_variable_str(type);
  call.check(varies, "read an attribute");
  if (varies > 0) {
    char* text = nullptr;
    call.check(H5Aread(attribute, type, &text), "read an attribute");
    const std::unique_ptr<char, herr_t (*)(void*)> owner(text, H5free_memory);
    return text == nullptr ? "" : text;
  }
  std::string text(H5Tget_size(type), '\0');
  call.check(H5Aread(attribute, type, text.data()), "read an attribute");
  return text.substr(0, text.find('\0'));
}

Attribute value_of(const h5::Caller& call, hid_t attribute, const std::string& name) {
  const Handle type = call.own(H5Aget_type(attribute), H5Tclose, "read an attribute");
  const Handle space = call.own(H5Aget_space(attribute), H5Sclose, "read an attribute");
  const hssize_t count = H5Sget_simple_extent_npoints(space);
  const int rank = H5Sget_simple_extent_ndims(space);
  call.check(count, "read an attribute");
  call.check(rank, "read an attribute");
  const H5T_class_t kind = H5Tget_class(type);
  if (kind == H5T_STRING && count == 1) return text_of(call, attribute, type);
  if (kind == H5T_FLOAT && count == 1) {
    double number = 0;
    call.check(H5Aread(attribute, H5T_NATIVE_DOUBLE, &number), "read an attribute");
    return number;
  }
  if (kind == H5T_INTEGER && rank == 1 && H5Tget_size(type) == 1) {
    std::vector<std::int8_t> list(static_cast<std::size_t>(count));
    if (count > 0) call.check(H5Aread(attribute, H5T_NATIVE_INT8, list.data()), "read an attribute");
    return list;
  }
  if (kind == H5T_INTEGER && count == 1) {
    std::int64_t number = 0;
    call.check(H5Aread(attribute, H5T_NATIVE_INT64, &number), "read an attribute");
    return number;
  }
  throw StoreError(call.path(), "the attribute '" + name + "' has a type that nadir does not write",
                   "has another program changed the file?");
}

}  // namespace

Attributes read_attributes(const h5::Caller& call, hid_t object) {
  H5O_info_t info{};
  call.check(H5Oget_info2(object, &info, H5O_INFO_NUM_ATTRS), "list the attributes");
  Attributes attributes;
  for (hsize_t i = 0; i < info.num_attrs; ++i) {
    const Handle attribute =
        call.own(H5Aopen_by_idx(object, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                 "read an attribute");
    const std::string name = name_of(call, attribute);
    if (std::find(internal_names.begin(), internal_names.end(), name) != internal_names.end()) continue;
    attributes.emplace_back(name, value_of(call, attribute, name));
  }
  return attributes;
}

std::optional<std::string> read_text(const h5::Caller& call, hid_t object, const char* name) {
  const htri_t exists = H5Aexists(object, name);
  call.check(exists, "read an attribute");
  if (exists == 0) return std::nullopt;
  const Handle attribute = call.own(H5Aopen(object, name, H5P_DEFAULT), H5Aclose, "read an attribute");
  const Handle type = call.own(H5Aget_type(attribute), H5Tclose, "read an attribute");
  const Handle space = call.own(H5Aget_space(attribute), H5Sclose, "read an attribute");
  if (H5Tget_class(type) != H5T_STRING || H5Sget_simple_extent_npoints(space) != 1) return std::nullopt;
  return text_of(call, attribute, type);
}

}  // namespace nadir

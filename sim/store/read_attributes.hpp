#pragma once
/// The attributes of an HDF5 object, without those that HDF5 and netCDF keep for themselves.

#include <optional>
#include <string>

#include "sim/store/dataset.hpp"
#include "sim/store/h5.hpp"

namespace nadir {

/// In the order they were written. Texts may be of fixed or variable length; numbers become double, int64 or a list of
/// int8. Throws StoreError for any other type.
Attributes read_attributes(const h5::Caller& call, hid_t object);

/// One text attribute; nothing where there is none, or where it is not one text. Throws StoreError if it is unreadable.
std::optional<std::string> read_text(const h5::Caller& call, hid_t object, const char* name);

}  // namespace nadir

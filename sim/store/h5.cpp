#include "sim/store/h5.hpp"

#include <cerrno>
#include <cstring>
#include <string_view>

#include "sim/store/store_error.hpp"

namespace nadir::h5 {

namespace {

/// Keeps the innermost description: the outer ones only say which calls led there.
herr_t innermost(unsigned n, const H5E_error2_t* error, void* text) {
  if (n == 0 && error->desc != nullptr) *static_cast<std::string*>(text) = error->desc;
  return 0;
}

std::recursive_mutex& mutex() {
  static std::recursive_mutex one;
  return one;
}

}  // namespace

Turn::Turn() : lock_(mutex()) {}

std::string last_error() {
  const int system = errno;
  std::string text;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, innermost, &text);
  H5Eclear2(H5E_DEFAULT);
  if (text.empty() && system != 0) text = std::strerror(system);
  // The drivers of HDF5 bury the system's reason in a list of addresses.
  constexpr std::string_view mark = "error message = '";
  if (const std::size_t at = text.find(mark); at != std::string::npos) {
    const std::size_t begin = at + mark.size();
    text = text.substr(begin, text.find('\'', begin) - begin);
  }
  for (char& c : text)
    if (c == '\n') c = ' ';
  return text.empty() ? "unknown reason" : text;
}

void silence() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }

void Caller::check(long long result, const char* doing) const {
  if (result >= 0) return;
  const std::string cause = last_error();
  const bool locked = cause.find("lock") != std::string::npos;
  throw StoreError(path_, std::string("cannot ") + doing + ": " + cause,
                   locked ? "is another program writing the file? on a network disk, try HDF5_USE_FILE_LOCKING=FALSE"
                          : "if the file is damaged, copy it again, or run the scenario again");
}

Handle Caller::own(hid_t id, Handle::Closer closer, const char* doing) const {
  check(id, doing);
  return {id, closer};
}

}  // namespace nadir::h5

#include "sim/store/h5.hpp"

#include <cerrno>
#include <cstring>

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
  for (char& c : text)
    if (c == '\n') c = ' ';
  return text.empty() ? "unknown reason" : text;
}

void silence() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }

void Caller::check(long long result, const char* doing) const {
  if (result >= 0) return;
  const std::string cause = last_error();
  throw StoreError(path_, std::string("cannot ") + doing + ": " + cause,
                   "if the file is damaged, copy it again, or run the scenario again");
}

Handle Caller::own(hid_t id, Handle::Closer closer, const char* doing) const {
  check(id, doing);
  return {id, closer};
}

}  // namespace nadir::h5

#pragma once
/// The name of a struct member, spelled by the compiler: it cannot differ from the code.

#include <string_view>

namespace nadir {

namespace member_detail {

template <auto Member>
constexpr const char* signature() {  // a plain pointer: GCC appends the spelled-out return type of an alias
  return __PRETTY_FUNCTION__;
}

constexpr bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace member_detail

/// "mtt" for &Params<double>::mtt (GCC and Clang).
template <auto Member>
constexpr std::string_view member_name() {
  const std::string_view text = member_detail::signature<Member>();
  std::size_t end = text.size();
  while (end > 0 && !member_detail::is_word(text[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && member_detail::is_word(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

}  // namespace nadir

#pragma once
/// What is said of every result.

#include <string_view>

namespace nadir {

/// Of the project, from CMakeLists.txt.
inline constexpr std::string_view version = NADIR_VERSION;

inline constexpr std::string_view disclaimer = "For research and teaching, not for the care of a patient.";

}  // namespace nadir

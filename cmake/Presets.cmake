# Builds the texts of configs/ into the program, so that `nadir presets` works wherever it is installed.
function(nadir_presets target)
  file(GLOB_RECURSE configs CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/configs ${PROJECT_SOURCE_DIR}/configs/*.toml)
  list(SORT configs)
  set(entries "")
  foreach(config ${configs})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/configs/${config})
    file(READ ${PROJECT_SOURCE_DIR}/configs/${config} text)
    string(REGEX REPLACE "\\.toml$" "" name ${config})
    string(APPEND entries "    Preset{\"${name}\", R\"=====(${text})=====\"},\n")
  endforeach()
  set(source ${PROJECT_BINARY_DIR}/generated/presets_data.cpp)
  file(WRITE ${source}.new
"#include \"sim/scenario/presets.hpp\"

#include <array>

namespace nadir {

std::span<const Preset> presets() {
  static constexpr std::array all{
${entries}  };
  return all;
}

}  // namespace nadir
")
  file(COPY_FILE ${source}.new ${source} ONLY_IF_DIFFERENT)
  target_sources(${target} PRIVATE ${source})
endfunction()

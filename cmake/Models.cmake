# Dropping models/<kind>/<id>.hpp is the whole registration: for each header one small source is written that turns the
# struct (the id in camel case) into a registry entry, and one that lists them all.
function(nadir_models target)
  set(sources "")
  set(declarations "")
  foreach(kind marrow kinetics effect)
    file(GLOB headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/models/${kind}/*.hpp)
    list(SORT headers)
    string(SUBSTRING ${kind} 0 1 initial)
    string(SUBSTRING ${kind} 1 -1 rest)
    string(TOUPPER ${initial} initial)
    set(type ${initial}${rest}Model)
    set(entries "")
    foreach(header ${headers})
      get_filename_component(id ${header} NAME_WE)
      if(NOT id MATCHES "^[a-z][a-z0-9_]*$")
        message(FATAL_ERROR "${header}: a model file is named in snake_case, as its id")
      endif()
      string(REPLACE "_" ";" words ${id})
      set(struct "")
      foreach(word ${words})
        string(SUBSTRING ${word} 0 1 head)
        string(SUBSTRING ${word} 1 -1 tail)
        string(TOUPPER ${head} head)
        string(APPEND struct ${head}${tail})
      endforeach()
      set(source ${PROJECT_BINARY_DIR}/generated/models/${kind}/${id}.cpp)
      file(CONFIGURE OUTPUT ${source} @ONLY CONTENT
"#include \"@header@\"

#include \"sim/model/erase_@kind@.hpp\"

namespace nadir::registered {
@type@ @id@() { return erase_@kind@<@struct@>(\"@id@\"); }
}  // namespace nadir::registered
")
      list(APPEND sources ${source})
      string(APPEND declarations "${type} ${id}();\n")
      string(APPEND entries "${id}(), ")
    endforeach()
    set(${kind}_entries "${entries}")
  endforeach()
  set(source ${PROJECT_BINARY_DIR}/generated/models/registry.cpp)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT
"#include \"sim/model/registry.hpp\"

namespace nadir {

namespace registered {
@declarations@}  // namespace registered

const Registry& registry() {
  using namespace registered;
  static const Registry all{{@marrow_entries@}, {@kinetics_entries@}, {@effect_entries@}};
  return all;
}

}  // namespace nadir
")
  add_library(${target} STATIC ${sources} ${source})
endfunction()

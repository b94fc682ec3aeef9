# Warnings and numerics for every target of ours.
add_library(nadir_options INTERFACE)
target_compile_definitions(nadir_options INTERFACE NADIR_VERSION="${PROJECT_VERSION}")
target_include_directories(nadir_options INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
target_compile_options(nadir_options INTERFACE
  # A patient's bits must not depend on whether the compiler fuses a*b + c; GCC fuses by default where it can.
  -ffp-contract=off
  -Wall -Wextra -Wpedantic -Wno-missing-field-initializers
  # GCC 12 sees overlaps that are not there in std::string's operator+ (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)

# Stricter for the engine than for its tests, whose expectations mix counts and numbers freely.
add_library(nadir_strict INTERFACE)
target_compile_options(nadir_strict INTERFACE -Wshadow -Wconversion)

# nadir_room(NAME metric USES base [LIBRARIES Eigen3::Eigen])
# One room: every .cpp of the folder, linked to the rooms it may use and to no others.
function(nadir_room)
  cmake_parse_arguments(ROOM "" "NAME" "USES;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  list(TRANSFORM ROOM_USES PREPEND nadir::)
  if(sources)
    add_library(nadir_${ROOM_NAME} STATIC ${sources})
    target_link_libraries(nadir_${ROOM_NAME} PUBLIC nadir_options ${ROOM_USES} PRIVATE nadir_strict ${ROOM_LIBRARIES})
  else()
    add_library(nadir_${ROOM_NAME} INTERFACE)
    target_link_libraries(nadir_${ROOM_NAME} INTERFACE nadir_options ${ROOM_USES} ${ROOM_LIBRARIES})
  endif()
  add_library(nadir::${ROOM_NAME} ALIAS nadir_${ROOM_NAME})
endfunction()

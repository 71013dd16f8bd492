# How every library of the house is built: warnings are errors, floating point is never contracted, and the link
# lines state which floors a floor may use.

add_library(kiln_flags INTERFACE)
target_include_directories(kiln_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(kiln_flags INTERFACE -Wall -Wextra -Wpedantic -Wno-missing-field-initializers -ffp-contract=off)
# The compiler of the house is gcc; clang builds the fuzzers only, and its other warnings are not errors.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(kiln_flags INTERFACE -Wshadow=local -Werror)
  # gcc 12 with -O2 sees overlapping copies in plain `text + text` (its bug 105651).
  target_compile_options(kiln_flags INTERFACE $<$<CONFIG:Release>:-Wno-restrict>)
endif()
target_compile_definitions(kiln_flags INTERFACE SPDLOG_COMPILED_LIB SPDLOG_FMT_EXTERNAL)
if(KILN_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

# A folder is compiled as one translation unit (parts of eight files in tests), which is five times faster than file
# by file: most of what a compiler reads here is the headers of the standard library. So names that a file keeps to
# itself are unique within its folder. KILN_UNITY=OFF compiles file by file.
option(KILN_UNITY "Compile each folder as one translation unit" ON)

# kiln_library(NAME USES lib... FOLDERS folder... APART folder...): all .cpp files of the folders (default: here, not
# below). The files of those that are apart see headers too heavy to be read together.
function(kiln_library name)
  cmake_parse_arguments(arg "" "" "USES;FOLDERS;APART" ${ARGN})
  if(NOT arg_FOLDERS)
    set(arg_FOLDERS .)
  endif()
  set(sources)
  foreach(folder ${arg_FOLDERS})
    file(GLOB found CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp)
    list(APPEND sources ${found})
    if(folder IN_LIST arg_APART)
      set_source_files_properties(${found} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    else()
      string(MAKE_C_IDENTIFIER "${name}_${folder}" group)
      set_source_files_properties(${found} PROPERTIES UNITY_GROUP ${group})
    endif()
  endforeach()
  if(NOT sources)
    set(sources ${CMAKE_CURRENT_BINARY_DIR}/${name}_is_empty.cpp)
    file(WRITE ${sources} "")
  endif()
  add_library(${name} STATIC ${sources})
  set_target_properties(${name} PROPERTIES UNITY_BUILD ${KILN_UNITY} UNITY_BUILD_MODE GROUP)
  target_link_libraries(${name} PUBLIC kiln_flags ${arg_USES})
endfunction()

# kiln_test(NAME USES lib...): one Catch2 program from all .cpp files of the current folder.
function(kiln_test name)
  cmake_parse_arguments(arg "" "" "USES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  if(NOT sources)
    return()
  endif()
  # These replace `operator new` for their whole program.
  file(GLOB replacing CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/allocation*.cpp)
  set_source_files_properties(${replacing} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  add_executable(${name} ${sources})
  set_target_properties(${name} PROPERTIES UNITY_BUILD ${KILN_UNITY} UNITY_BUILD_BATCH_SIZE 8)
  target_link_libraries(${name} PRIVATE kiln_test_main ${arg_USES})
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endfunction()

# What the library itself needs: simdjson, libfyaml, tl::expected, threads, and the headers of toml++.
# Only the headers of toml++: Debian's compiled toml++ throws, ours must not.
if(CMAKE_SYSTEM_NAME STREQUAL "WASI")
  include(cmake/wasm_dependencies.cmake)
  return()
endif()

find_package(Threads REQUIRED)
find_package(simdjson REQUIRED)
find_package(tl-expected REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(libfyaml REQUIRED IMPORTED_TARGET GLOBAL libfyaml)  # it has no package file for CMake
find_path(SUPERCONFIG_TOMLPLUSPLUS_INCLUDE_DIR toml++/toml.h REQUIRED)
mark_as_advanced(SUPERCONFIG_TOMLPLUSPLUS_INCLUDE_DIR)

# The library: every source of src/<room>/. host_posix.cpp and its like are for native builds only,
# host_wasi.cpp and its like for WebAssembly only.
file(GLOB superconfig_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/*/*.cpp)
if(CMAKE_SYSTEM_NAME STREQUAL "WASI")
  list(FILTER superconfig_sources EXCLUDE REGEX "_posix\\.cpp$")
else()
  list(FILTER superconfig_sources EXCLUDE REGEX "_wasi\\.cpp$")
endif()

configure_file(${PROJECT_SOURCE_DIR}/cmake/version.hpp.in
               ${PROJECT_BINARY_DIR}/include/superconfig/version.hpp @ONLY)

add_library(superconfig ${superconfig_sources})
add_library(superconfig::superconfig ALIAS superconfig)
superconfig_own(superconfig)
target_compile_features(superconfig PUBLIC cxx_std_20)
set_target_properties(superconfig PROPERTIES
  DEFINE_SYMBOL ""  # everything is visible; so static and shared builds compile alike
  VERSION ${PROJECT_VERSION}
  SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
if(NOT CMAKE_SYSTEM_NAME STREQUAL "WASI")
  # The static library may end up in a module of another language; calls within it stay direct.
  set_target_properties(superconfig PROPERTIES POSITION_INDEPENDENT_CODE ON)
  if(NOT MSVC)
    target_compile_options(superconfig PRIVATE -fno-semantic-interposition)
  endif()
endif()
target_include_directories(superconfig
  PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
         $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>
  PRIVATE ${PROJECT_SOURCE_DIR}/src)
target_include_directories(superconfig SYSTEM PRIVATE ${SUPERCONFIG_TOMLPLUSPLUS_INCLUDE_DIR})
target_link_libraries(superconfig PUBLIC tl::expected PRIVATE simdjson::simdjson PkgConfig::libfyaml)
target_compile_definitions(superconfig PRIVATE SIMDJSON_EXCEPTIONS=0)  # as for WebAssembly: one code path
if(TARGET Threads::Threads)
  target_link_libraries(superconfig PRIVATE Threads::Threads)
endif()
if(SUPERCONFIG_PCH)
  target_precompile_headers(superconfig PRIVATE ${superconfig_precompiled})
endif()

# toml++ has an "unreachable" in its Unicode table that is reached; the answer is right.
file(GLOB superconfig_toml_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/formats/toml*.cpp)
if(CMAKE_CXX_FLAGS MATCHES "-fsanitize=[a-z,-]*undefined" AND superconfig_toml_sources)
  set_source_files_properties(${superconfig_toml_sources} PROPERTIES
    COMPILE_OPTIONS "-fno-sanitize=unreachable" SKIP_PRECOMPILE_HEADERS ON)
endif()

# superconfig_own(TARGET): what every target of this repository has in common. Set on the target, never
# globally: a project that includes us sees nothing of it.
find_program(SUPERCONFIG_CCACHE ccache)
mark_as_advanced(SUPERCONFIG_CCACHE)

set(superconfig_warnings -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor)
# g++ 12 takes the empty state of std::optional and std::variant for uninitialised memory, and the inside of
# std::string for all of it.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  list(APPEND superconfig_warnings -Wno-maybe-uninitialized -Wno-array-bounds -Wno-stringop-overflow
       -Wno-restrict)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # Reflection points into an extern object that is never defined, on purpose.
  list(APPEND superconfig_warnings -Wno-undefined-var-template)
endif()
if(SUPERCONFIG_WERROR)
  list(APPEND superconfig_warnings -Werror)
endif()

function(superconfig_own target)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_compile_features(${target} PRIVATE cxx_std_20)
  if(SUPERCONFIG_WARNINGS)
    target_compile_options(${target} PRIVATE ${superconfig_warnings})
  endif()
  if(PROJECT_IS_TOP_LEVEL AND SUPERCONFIG_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # The sloppiness is what ccache asks for with precompiled headers.
    set_target_properties(${target} PROPERTIES CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros;${SUPERCONFIG_CCACHE}")
  endif()
endfunction()

# The standard headers that nearly every file needs. The WebAssembly build does without, so that a missing
# include is found there.
set(superconfig_precompiled
  <algorithm> <array> <atomic> <charconv> <cstdint> <cstring> <functional> <map> <memory> <optional> <span>
  <string> <string_view> <type_traits> <unordered_map> <utility> <variant> <vector> <tl/expected.hpp>)

# What this version of CMake does not know yet about WASI.
include(Platform/Generic)
set(CMAKE_EXECUTABLE_SUFFIX .wasm)

# The dependencies for WebAssembly, from the folder that cmake/wasm-dependencies prepared.
set(SUPERCONFIG_WASM_DEPENDENCIES "" CACHE PATH "The folder that cmake/wasm-dependencies prepared")
set(SUPERCONFIG_TOMLPLUSPLUS_INCLUDE_DIR ${SUPERCONFIG_WASM_DEPENDENCIES}/include)

add_library(tl::expected INTERFACE IMPORTED)
target_include_directories(tl::expected SYSTEM INTERFACE ${SUPERCONFIG_WASM_DEPENDENCIES}/include)

add_library(simdjson STATIC ${SUPERCONFIG_WASM_DEPENDENCIES}/simdjson/simdjson.cpp)
add_library(simdjson::simdjson ALIAS simdjson)
target_compile_features(simdjson PRIVATE cxx_std_20)
target_compile_definitions(simdjson PUBLIC SIMDJSON_EXCEPTIONS=0)
target_include_directories(simdjson SYSTEM PUBLIC ${SUPERCONFIG_WASM_DEPENDENCIES}/simdjson)
target_compile_options(simdjson PRIVATE "-Wno-#pragma-messages")  # it says that 32 bits are slow

# libfyaml asks for signals and memory maps, and does without where it gets none.
enable_language(C)
file(GLOB sources CONFIGURE_DEPENDS ${SUPERCONFIG_WASM_DEPENDENCIES}/libfyaml/src/*/*.c)
add_library(fyaml STATIC ${sources})
add_library(PkgConfig::libfyaml ALIAS fyaml)
target_compile_definitions(fyaml PRIVATE VERSION="" _WASI_EMULATED_MMAN _WASI_EMULATED_SIGNAL)
target_compile_options(fyaml PRIVATE -w)
target_include_directories(fyaml SYSTEM PUBLIC ${SUPERCONFIG_WASM_DEPENDENCIES}/libfyaml/include)
target_include_directories(fyaml PRIVATE ${SUPERCONFIG_WASM_DEPENDENCIES}/libfyaml/src/lib
                                         ${SUPERCONFIG_WASM_DEPENDENCIES}/libfyaml/src/xxhash)
target_link_libraries(fyaml INTERFACE wasi-emulated-mman wasi-emulated-signal)

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

# A small module over the library, and a script that calls it in Node.js.
add_executable(smoke ${CMAKE_CURRENT_SOURCE_DIR}/wasm/smoke.cpp)
superconfig_own(smoke)
target_link_libraries(smoke PRIVATE superconfig::superconfig)
find_program(NODE node REQUIRED)
add_test(NAME wasm.smoke COMMAND ${NODE} ${CMAKE_CURRENT_SOURCE_DIR}/wasm/smoke.mjs $<TARGET_FILE:smoke>)

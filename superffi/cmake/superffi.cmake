# superffi_emitter(TARGET SOURCE… [LINK LIBRARY…]): the program that writes a surface's files.
# superffi_python_module(TARGET SOURCE… [LINK LIBRARY…]): a Python extension module of that name.
# superffi_node_module(TARGET NAME SOURCE… [LINK LIBRARY…]): NAME.node, an addon.
# superffi_wasm_module(TARGET NAME SOURCE… [LINK LIBRARY…]): NAME.wasm, in a build for wasm32-wasi.

# nanobind says where it is; it is looked for in the Python that is used.
macro(superffi_find_nanobind)
  find_package(Python 3.10 REQUIRED COMPONENTS Interpreter Development.Module)
  execute_process(COMMAND ${Python_EXECUTABLE} -m nanobind --cmake_dir OUTPUT_STRIP_TRAILING_WHITESPACE
                  OUTPUT_VARIABLE superffi_nanobind COMMAND_ERROR_IS_FATAL ANY)
  find_package(nanobind CONFIG REQUIRED PATHS ${superffi_nanobind} NO_DEFAULT_PATH)
endmacro()

function(superffi_emitter target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINK")
  add_executable(${target} ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(${target} PRIVATE superffi::superffi ${arg_LINK})
endfunction()

# A macro: find_package sets variables that later calls need.
macro(superffi_python_module target)
  superffi_find_nanobind()
  cmake_parse_arguments(superffi "" "" "LINK" ${ARGN})
  nanobind_add_module(${target} NB_STATIC NB_SUPPRESS_WARNINGS ${superffi_UNPARSED_ARGUMENTS})
  target_link_libraries(${target} PRIVATE superffi::superffi ${superffi_LINK})
  set_target_properties(${target} PROPERTIES CXX_VISIBILITY_PRESET hidden)
endmacro()

function(superffi_node_module target name)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "LINK")
  add_library(${target} MODULE ${arg_UNPARSED_ARGUMENTS})
  find_path(SUPERFFI_NODE_API_DIR node_api.h PATHS ${SUPERFFI_NODE_MODULES}/node-api-headers/include
            REQUIRED NO_DEFAULT_PATH)
  mark_as_advanced(SUPERFFI_NODE_API_DIR)
  target_include_directories(${target} SYSTEM PRIVATE ${SUPERFFI_NODE_API_DIR})
  target_link_libraries(${target} PRIVATE superffi::superffi ${arg_LINK})
  set_target_properties(${target} PROPERTIES PREFIX "" SUFFIX ".node" OUTPUT_NAME ${name} CXX_VISIBILITY_PRESET hidden)
endfunction()

function(superffi_wasm_module target name)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "LINK")
  add_executable(${target} ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(${target} PRIVATE superffi::superffi ${arg_LINK})
  set_target_properties(${target} PROPERTIES SUFFIX ".wasm" OUTPUT_NAME ${name})
endfunction()

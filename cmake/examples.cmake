# The examples: the sources of examples/<name>/ make the program example_<name>,
# and running it is a test.
file(GLOB superconfig_example_folders CONFIGURE_DEPENDS LIST_DIRECTORIES true ${PROJECT_SOURCE_DIR}/examples/*)
foreach(folder IN LISTS superconfig_example_folders)
  cmake_path(GET folder FILENAME name)
  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  if(sources)
    add_executable(example_${name} ${sources})
    superconfig_own(example_${name})
    set_target_properties(example_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/examples)
    target_link_libraries(example_${name} PRIVATE superconfig::superconfig)
    if(SUPERCONFIG_BUILD_TESTS)
      add_test(NAME example.${name} COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:example_${name}> -DFOLDER=${folder}
               -P ${PROJECT_SOURCE_DIR}/cmake/run_example.cmake)
      set_tests_properties(example.${name} PROPERTIES LABELS examples)
    endif()
  endif()
endforeach()

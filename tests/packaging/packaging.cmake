# The library as other projects use it: each way, static and shared, through the script `consume`.
foreach(linkage static shared)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/packaging/${linkage})
  foreach(way install find_package pkg_config add_subdirectory fetch_content)
    set(test packaging.${linkage}.${way})
    add_test(NAME ${test} COMMAND ${CMAKE_COMMAND} -E env
      CMAKE=${CMAKE_COMMAND} GENERATOR=${CMAKE_GENERATOR} CXX=${CMAKE_CXX_COMPILER}
      ${CMAKE_CURRENT_SOURCE_DIR}/packaging/consume ${way} ${linkage} ${folder})
    set_tests_properties(${test} PROPERTIES LABELS packaging TIMEOUT 600)
    if(way STREQUAL "install")
      set_tests_properties(${test} PROPERTIES FIXTURES_SETUP installed_${linkage})
    elseif(way MATCHES "find_package|pkg_config")
      set_tests_properties(${test} PROPERTIES FIXTURES_REQUIRED installed_${linkage})
    endif()
  endforeach()
endforeach()

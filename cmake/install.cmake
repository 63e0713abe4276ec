# Installs the library for find_package(superconfig) and for pkg-config.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(superconfig_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/superconfig)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/superconfig ${PROJECT_BINARY_DIR}/include/superconfig
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
install(TARGETS superconfig EXPORT superconfig INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT superconfig NAMESPACE superconfig:: DESTINATION ${superconfig_package_dir}
        FILE superconfig-targets.cmake)

get_target_property(superconfig_type superconfig TYPE)
configure_package_config_file(cmake/superconfig-config.cmake.in
  ${PROJECT_BINARY_DIR}/package/superconfig-config.cmake INSTALL_DESTINATION ${superconfig_package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/package/superconfig-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/package/superconfig-config.cmake
              ${PROJECT_BINARY_DIR}/package/superconfig-config-version.cmake
        DESTINATION ${superconfig_package_dir})

# The prefix is found from where the file lies, so that an installed tree may be moved.
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig
           OUTPUT_VARIABLE superconfig_pc_prefix)
configure_file(cmake/superconfig.pc.in ${PROJECT_BINARY_DIR}/package/superconfig.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/package/superconfig.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# What is installed, and how find_package(mystic) finds it. One export for each component, so that a
# project that does not ask for mpi needs no MPI.
include(CMakePackageConfigHelpers)

set(MYSTIC_CONFIG_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/mystic)

function(mystic_export component target)
  install(TARGETS ${target} EXPORT mystic-${component} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(EXPORT mystic-${component} NAMESPACE mystic:: DESTINATION ${MYSTIC_CONFIG_DIR})
  list(APPEND MYSTIC_COMPONENTS ${component})
  set(MYSTIC_COMPONENTS ${MYSTIC_COMPONENTS} PARENT_SCOPE)
endfunction()

set(MYSTIC_COMPONENTS "")
mystic_export(mystic mystic)
if(MYSTIC_MPI)
  mystic_export(mpi mystic_mpi)
endif()
if(MYSTIC_CLI)
  mystic_export(study mystic_study)
  install(TARGETS mystic_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

install(DIRECTORY include/mystic DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR})

configure_package_config_file(tools/cmake/mysticConfig.cmake.in mysticConfig.cmake
  INSTALL_DESTINATION ${MYSTIC_CONFIG_DIR} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(mysticConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/mysticConfig.cmake"
              "${CMAKE_CURRENT_BINARY_DIR}/mysticConfigVersion.cmake"
        DESTINATION ${MYSTIC_CONFIG_DIR})

# find_package(tomada): what a plugin outside this repository needs. See plugins/README.md.
get_filename_component(TOMADA_SDK_INCLUDE ${CMAKE_CURRENT_LIST_DIR}/../../../include ABSOLUTE)
include(${CMAKE_CURRENT_LIST_DIR}/cmake/TomadaSdk.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/cmake/TomadaPlugin.cmake)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release)  # without a type, CMake builds a plugin that nobody optimised
endif()
enable_testing()  # here, in the author's own folder: in a function it would be forgotten

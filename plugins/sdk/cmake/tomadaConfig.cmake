# find_package(tomada): what a plugin outside this repository needs. See plugins/README.md.
get_filename_component(TOMADA_SDK_INCLUDE ${CMAKE_CURRENT_LIST_DIR}/../../../include ABSOLUTE)
include(${CMAKE_CURRENT_LIST_DIR}/cmake/TomadaSdk.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/cmake/TomadaPlugin.cmake)

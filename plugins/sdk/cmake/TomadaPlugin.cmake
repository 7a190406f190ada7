# tomada_add_plugin(NAME [LIBRARIES library…] [TEST_PLUGIN]) in the plugin's folder builds
#   <output>/NAME.so, NAME.json   the plugin and its manifest (plugin.json of the folder)
#   NAME_objects                  the same objects, for test programs
#   plugin_NAME_test              from *_test.cpp, when there are any (Catch2, CTest label "unit")
# Tool definitions come from tools/*.json in the folder, else from schemas/tools/NAME/*.json of the project, those of prompts
# and resources from prompts/*.json and resources/*.json; they become NAME_definitions.hpp:
# namespace definitions { inline constexpr char TOOL[] = …; }.

function(tomada_embed_definitions name out)
  list(TRANSFORM ARGN APPEND /*.json)
  file(GLOB files CONFIGURE_DEPENDS ${ARGN})
  set(constants "")
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    get_filename_component(tool ${file} NAME_WLE)
    string(MAKE_C_IDENTIFIER ${tool} constant)
    file(READ ${file} text)
    set(mark tomada)  # a delimiter that the text does not end by itself
    set(attempt 0)
    string(FIND "${text}" ")${mark}\"" found)
    while(NOT found EQUAL -1)
      math(EXPR attempt "${attempt} + 1")
      set(mark tomada${attempt})
      string(FIND "${text}" ")${mark}\"" found)
    endwhile()
    string(APPEND constants "inline constexpr char ${constant}[] = R\"${mark}(${text})${mark}\";\n")
  endforeach()
  file(CONFIGURE OUTPUT ${out} @ONLY CONTENT
"#pragma once
// Generated from the tool definitions of the plugin ${name}.

namespace definitions {

@constants@
}  // namespace definitions
")
endfunction()

function(tomada_plugin_options target generated)
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR} ${generated})
  target_compile_options(${target} PRIVATE -fno-gnu-unique -ffunction-sections -fdata-sections)
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON C_VISIBILITY_PRESET hidden
                                             CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
endfunction()

function(tomada_add_plugin name)
  cmake_parse_arguments(arg "TEST_PLUGIN" "" "LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*.c)
  list(FILTER sources EXCLUDE REGEX "/CMakeFiles/")  # of a build folder inside the plugin's
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")

  set(definitions ${CMAKE_CURRENT_SOURCE_DIR}/tools)
  file(GLOB own_definitions ${definitions}/*.json)
  if(NOT own_definitions)
    set(definitions ${PROJECT_SOURCE_DIR}/schemas/tools/${name})
  endif()
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/${name}_generated)
  tomada_embed_definitions(${name} ${generated}/${name}_definitions.hpp ${definitions}
    ${CMAKE_CURRENT_SOURCE_DIR}/prompts ${CMAKE_CURRENT_SOURCE_DIR}/resources)

  add_library(${name}_objects OBJECT ${sources})
  target_link_libraries(${name}_objects PUBLIC tomada_sdk ${arg_LIBRARIES})
  tomada_plugin_options(${name}_objects ${generated})

  set(map ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../plugin.map)
  set(folder ${PROJECT_BINARY_DIR}/lib/tomada/plugins)
  if(arg_TEST_PLUGIN)
    set(folder ${PROJECT_BINARY_DIR}/lib/tomada/test-plugins)
  endif()
  set(runtime "")
  set(linker C)
  if(sources MATCHES "\\.cpp")  # a plugin in plain C needs neither Boost.JSON nor the C++ library
    set(runtime $<TARGET_OBJECTS:tomada_sdk_json>)
    set(linker CXX)
  endif()
  add_library(plugin_${name} MODULE $<TARGET_OBJECTS:${name}_objects> ${runtime})
  set_target_properties(plugin_${name} PROPERTIES PREFIX "" OUTPUT_NAME ${name} LINKER_LANGUAGE ${linker}
                                                  LIBRARY_OUTPUT_DIRECTORY ${folder} LINK_DEPENDS ${map})
  target_link_libraries(plugin_${name} PRIVATE ${arg_LIBRARIES})
  target_link_options(plugin_${name} PRIVATE -Wl,--version-script=${map} -Wl,--gc-sections)
  configure_file(${CMAKE_CURRENT_SOURCE_DIR}/plugin.json ${folder}/${name}.json COPYONLY)
  if(NOT arg_TEST_PLUGIN)
    install(TARGETS plugin_${name} LIBRARY DESTINATION lib/tomada/plugins)
    install(FILES ${folder}/${name}.json DESTINATION lib/tomada/plugins)
  endif()

  if(tests)
    tomada_add_plugin_test(${name} "${tests}" ${generated})
  endif()
endfunction()

function(tomada_add_plugin_test name tests generated)
  if(DEFINED TOMADA_TESTS AND NOT TOMADA_TESTS)
    return()
  endif()
  find_package(Catch2 QUIET)
  if(NOT Catch2_FOUND)
    message(STATUS "plugin ${name}: its tests are not built, Catch2 is missing (Debian: catch2)")
    return()
  endif()
  if(NOT TARGET tomada_plugin_test_main)
    file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/CMakeFiles/plugin_test_main.cpp CONTENT
         "#define CATCH_CONFIG_MAIN\n#include <catch2/catch.hpp>\n")
    add_library(tomada_plugin_test_main OBJECT ${PROJECT_BINARY_DIR}/CMakeFiles/plugin_test_main.cpp)
    target_link_libraries(tomada_plugin_test_main PUBLIC Catch2::Catch2)
  endif()
  add_executable(plugin_${name}_test ${tests} $<TARGET_OBJECTS:tomada_sdk_json>)
  target_link_libraries(plugin_${name}_test PRIVATE ${name}_objects tomada_plugin_test_main)
  tomada_plugin_options(plugin_${name}_test ${generated})
  set_target_properties(plugin_${name}_test PROPERTIES UNITY_BUILD OFF RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  add_test(NAME plugin.${name} COMMAND plugin_${name}_test)
  set_tests_properties(plugin.${name} PROPERTIES LABELS unit TIMEOUT 300)
endfunction()

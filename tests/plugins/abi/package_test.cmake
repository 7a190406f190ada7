# Installs the SDK alone, then builds the first example as a project of its own that knows nothing of this repository.
set(prefix ${WORK}/prefix)
set(project ${WORK}/hello)
file(REMOVE_RECURSE ${WORK})
file(COPY ${EXAMPLE}/ DESTINATION ${project})
file(WRITE ${project}/CMakeLists.txt "cmake_minimum_required(VERSION 3.25)
project(hello LANGUAGES C CXX)
find_package(tomada ${VERSION} REQUIRED)
tomada_add_plugin(hello)
")
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE failed OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(failed)
    message(FATAL_ERROR "${ARGN}:\n${output}")
  endif()
endfunction()

# A definition may hold whatever ends a raw string.
file(READ ${project}/tools/hello_greet.json definition)
string(REPLACE "name.\"" "name )tomada\"" definition "${definition}")
string(REPLACE "nome.\"" "nome )tomada1\"" definition "${definition}")
file(WRITE ${project}/tools/hello_greet.json "${definition}")
file(WRITE ${project}/hello_test.cpp "#include <tomada/testing.hpp>
#include <catch2/catch.hpp>
#ifndef NDEBUG
#error this is not optimised
#endif
using namespace tomada::testing;
TEST_CASE(\"it greets\") {
  FakeHost host;
  const Plugin plugin{host};
  CHECK(run(plugin, \"hello_greet\", {{\"name\", \"Ada\"}}).is_result());
}
")

run(${CMAKE_COMMAND} --install ${BUILD} --component sdk --prefix ${prefix})
foreach(file plugin.json tool.json)  # what headers and hints point to
  if(NOT EXISTS ${prefix}/share/tomada/schemas/manifest/${file})
    message(FATAL_ERROR "schemas/manifest/${file} is not installed")
  endif()
endforeach()
run(${CMAKE_COMMAND} -S ${project} -B ${project}/build -G Ninja -DCMAKE_PREFIX_PATH=${prefix}
    -DCMAKE_CXX_COMPILER=${CXX} -DCMAKE_C_COMPILER=${C} -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER})
run(${CMAKE_COMMAND} --build ${project}/build)
foreach(file hello.so hello.json)
  if(NOT EXISTS ${project}/build/lib/tomada/plugins/${file})
    message(FATAL_ERROR "the outside build did not lay ${file} where it belongs")
  endif()
endforeach()
run(${CMAKE_CTEST_COMMAND} --test-dir ${project}/build --no-tests=error --output-on-failure)

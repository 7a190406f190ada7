# The program: app composes, cli speaks.
tomada_library(app DEPENDS base json metrics schema log trace config storage health cache upstream auth registry jsonrpc dispatch alerts
                           plugin services protocol session stdio http)
set_source_files_properties(${PROJECT_SOURCE_DIR}/core/app/convert.cpp TARGET_DIRECTORY tomada_app
                            PROPERTIES COMPILE_DEFINITIONS TOMADA_VERSION="${PROJECT_VERSION}")
tomada_library(cli DEPENDS app LINK CLI11::CLI11)
add_executable(tomada ${PROJECT_SOURCE_DIR}/core/cli/main.cpp)
target_link_libraries(tomada PRIVATE tomada_cli)
target_link_options(tomada PRIVATE -Wl,--as-needed)
install(TARGETS tomada RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

# The program: app composes, cli speaks.
tomada_library(app DEPENDS base json metrics schema log trace config storage health cache upstream auth registry jsonrpc dispatch alerts
                           plugin services protocol session stdio http)
tomada_library(cli DEPENDS app LINK CLI11::CLI11)
add_executable(tomada ${PROJECT_SOURCE_DIR}/core/cli/main.cpp)
target_link_libraries(tomada PRIVATE tomada_cli)
target_link_options(tomada PRIVATE -Wl,--as-needed)
install(TARGETS tomada RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

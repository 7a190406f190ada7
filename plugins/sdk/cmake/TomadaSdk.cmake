# tomada_abi: the C headers alone. tomada_sdk: the C++ face. tomada_sdk_json: Boost.JSON, compiled into each plugin.
# Expects TOMADA_SDK_INCLUDE; used by this repository and by the installed package alike.
find_package(Boost 1.81 REQUIRED)

add_library(tomada_abi INTERFACE)
target_include_directories(tomada_abi INTERFACE ${TOMADA_SDK_INCLUDE})

add_library(tomada_sdk INTERFACE)
target_link_libraries(tomada_sdk INTERFACE tomada_abi Boost::headers)
target_compile_features(tomada_sdk INTERFACE cxx_std_20)

add_library(tomada_sdk_json OBJECT ${CMAKE_CURRENT_LIST_DIR}/../json.cpp)
target_link_libraries(tomada_sdk_json PRIVATE tomada_sdk)
target_compile_options(tomada_sdk_json PRIVATE -fno-gnu-unique -ffunction-sections -fdata-sections)
set_target_properties(tomada_sdk_json PROPERTIES POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden
                                                 VISIBILITY_INLINES_HIDDEN ON UNITY_BUILD OFF)

#pragma once
// Module: an optional part of the program in a shared object of its own, with the library that it drags in. It is
// opened when the configuration asks for it, so that every other start stays in milliseconds.
#include "core/base/result.hpp"

#include <string>
#include <string_view>
#include <typeinfo>

namespace tomada {

// What a module exports as tomada_module_NAME. Module and program are built together and share types of C++.
struct ModuleEntry {
  const char* version;    // of the program that it belongs to
  const char* signature;  // of `make`, mangled
  void (*make)();         // of the type that `signature` names
};

// In the module, in the global namespace:  TOMADA_MODULE(redis, tomada::redis::make);
#define TOMADA_MODULE(module, function)                                                                \
  extern "C" __attribute__((visibility("default"))) const tomada::ModuleEntry tomada_module_##module = \
      tomada::module_entry(TOMADA_MODULE_VERSION, &(function))

template <class Made, class... Given>
ModuleEntry module_entry(const char* version, Made (*make)(Given...)) {
  return {
      version, typeid(Made(Given...)).name(),
      reinterpret_cast<void (*)()>(make)};  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast): the signature tells
}

[[nodiscard]] Result<void (*)()> open_module(const std::string& folder, std::string_view name, const char* signature);

// The function that makes the module's part; Make is its type, e.g. std::unique_ptr<Wire>(const Options&).
// It stays open for as long as the process lives. Errors: system (it is not there, a library of its own is missing, it
// belongs to another version of the program).
template <class Make>
[[nodiscard]] Result<Make*> load_module(const std::string& folder, std::string_view name) {
  const auto opened = open_module(folder, name, typeid(Make).name());
  if (!opened) return opened.error();
  return reinterpret_cast<Make*>(*opened);  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast): compared above
}

}  // namespace tomada

// Nothing is ever unmapped: what a module made may have left threads' destructors and static state in it.
#include "core/base/module.hpp"

#include "core/base/text.hpp"

#include <cstring>
#include <dlfcn.h>
#include <unistd.h>

namespace tomada {
namespace {

Error unusable(const std::string& path, std::string_view name, std::string_view why, std::string hint) {
  return failure(ErrorCode::system, text::concat({"the module \"", name, "\" ", why}), path, std::move(hint));
}

std::string loader_error() {
  const char* reason = dlerror();  // NOLINT(concurrency-mt-unsafe): glibc keeps one for each thread
  return reason ? reason : "the dynamic loader gave no reason";
}

}  // namespace

Result<void (*)()> open_module(const std::string& folder, std::string_view name, const char* signature) {
  const auto path = text::concat({folder, "/", name, ".so"});
  if (::access(path.c_str(), F_OK) != 0) {
    return unusable(path, name, "is not installed",
                    "install tomada as a whole, or take out of the configuration what asks for it");
  }
  void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (!handle) {
    return unusable(path, name, text::concat({"cannot be loaded: ", loader_error()}),
                    "install the Debian package of the library that is missing");
  }
  const auto* entry = static_cast<const ModuleEntry*>(dlsym(handle, text::concat({"tomada_module_", name}).c_str()));
  if (!entry) return unusable(path, name, "is something else: it has no entry of that name", "install tomada anew");
  if (std::strcmp(entry->version, TOMADA_MODULE_VERSION) != 0 || std::strcmp(entry->signature, signature) != 0) {
    return unusable(path, name,
                    text::concat({"belongs to version ", entry->version, ", this is ", TOMADA_MODULE_VERSION}),
                    "install both from one build");
  }
  return entry->make;
}

}  // namespace tomada

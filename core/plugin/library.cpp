#include "core/plugin/library.hpp"

#include "core/base/text.hpp"
#include "core/plugin/object_file.hpp"
#include "core/plugin/trial.hpp"

#include <algorithm>
#include <cstring>
#include <dlfcn.h>
#include <utility>

namespace tomada::plugin {
namespace {

constexpr const char* entry_symbol = "tomada_plugin_entry";
constexpr const char* rebuild = "build it for this machine with tomada_add_plugin (plugins/README.md)";

std::string loader_error() {
  const char* text = dlerror();  // NOLINT(concurrency-mt-unsafe): glibc keeps one for each thread
  return text ? text : "the dynamic loader gave no reason";
}

}  // namespace

Result<tomada_plugin> checked_entry(const tomada_plugin* entry) {
  tomada_plugin out{};
  if (entry->size < offsetof(tomada_plugin, id)) {
    return failure(ErrorCode::tool, "its entry has a wrong size", {}, rebuild);
  }
  std::memcpy(&out, entry, std::min<std::size_t>(entry->size, sizeof out));
  if (out.abi_major != TOMADA_ABI_MAJOR) {
    return failure(ErrorCode::tool,
                   text::concat({"it speaks version ", std::to_string(out.abi_major),
                                 " of the plugin ABI, this server ", std::to_string(TOMADA_ABI_MAJOR)}),
                   {}, "rebuild it with this server's SDK, or run the server it was made for");
  }
  if (!out.id || !out.version || !out.load || !out.unload || !out.extension) {
    return failure(ErrorCode::tool, "its entry lacks id, version, load, unload or extension", {}, rebuild);
  }
  return out;
}

Result<Library> Library::open(const std::string& path, Milliseconds patience) {
  if (const auto checked = check_object_file(path); !checked) return checked.error();
  if (patience > untried) {
    if (const auto tried = try_open(path, patience); !tried) return tried.error();
  }
  void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!handle) return failure(ErrorCode::tool, "it cannot be loaded: " + loader_error(), {}, rebuild);
  Library library{handle};
  const auto* symbol = static_cast<const tomada_plugin*>(dlsym(handle, entry_symbol));
  if (!symbol) {
    return failure(ErrorCode::tool, text::concat({"it does not export ", entry_symbol}), {}, rebuild);
  }
  auto entry = checked_entry(symbol);
  if (!entry) return entry.error();
  library.entry_ = *entry;
  return library;
}

Library::Library(Library&& other) noexcept : handle_{std::exchange(other.handle_, nullptr)}, entry_{other.entry_} {}

Library::~Library() {
  if (handle_) dlclose(handle_);
}

}  // namespace tomada::plugin

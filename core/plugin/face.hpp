#pragma once
// Faces: the ABI objects a plugin holds, and the way back from them for core/services.
#include "core/plugin/loader.hpp"
#include "core/registry/call.hpp"
#include <tomada/plugin.h>

namespace tomada::plugin {

struct HostFace : tomada_host {
  Services* services = nullptr;  // of the instance that was given this face; null while it is being made
};

[[nodiscard]] inline Services* services_of(const tomada_host* host) noexcept {
  return static_cast<const HostFace*>(host)->services;
}

struct CallFace : tomada_call {
  std::shared_ptr<registry::Call> call;  // never null while the plugin may use it
};

[[nodiscard]] inline const registry::Call* call_of(const tomada_call* call) noexcept {
  return call ? static_cast<const CallFace*>(call)->call.get() : nullptr;  // null: background work
}

}  // namespace tomada::plugin

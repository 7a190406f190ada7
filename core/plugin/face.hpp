#pragma once
// Faces: the ABI objects a plugin holds, and the way back from them for core/services.
#include "core/plugin/loader.hpp"
#include "core/registry/call.hpp"
#include <tomada/plugin.h>

#include <atomic>
#include <cstdint>
#include <memory>

namespace tomada::plugin {

struct HostFace : tomada_host {
  Services* services = nullptr;  // of the instance that was given this face; null while it is being made
};

[[nodiscard]] inline Services* services_of(const tomada_host* host) noexcept {
  return static_cast<const HostFace*>(host)->services;
}

struct CallFace : tomada_call {
  std::shared_ptr<registry::Call> call;         // never null while the plugin may use it
  std::atomic<std::int64_t> oldest_read_ms{0};  // Unix time of the oldest upstream answer used in it; 0: none
  std::atomic<std::int64_t> refresh_in_ms{0};   // the longest wait until a new look at one of them
};

[[nodiscard]] inline CallFace* face_of(tomada_call* call) noexcept {  // null: background work
  auto* face = static_cast<CallFace*>(call);
  return face && face->call ? face : nullptr;
}

}  // namespace tomada::plugin

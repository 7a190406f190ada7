#pragma once
// Faces: the ABI objects a plugin holds, and the way back from them for core/services.
#include "core/plugin/loader.hpp"
#include "core/registry/call.hpp"
#include <tomada/plugin.h>

#include <atomic>
#include <cstdint>
#include <cstring>
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
  std::atomic<bool> has_asked{false};           // one of them came over the wire, not from what was kept
};

[[nodiscard]] inline CallFace* face_of(tomada_call* call) noexcept {  // null: background work
  auto* face = static_cast<CallFace*>(call);
  return face && face->call ? face : nullptr;
}

[[nodiscard]] inline log::Level level_of(tomada_log_level level) noexcept {
  int number = 0;  // a plugin may pass any number; read as the enumeration it would be undefined
  static_assert(sizeof number == sizeof level);
  std::memcpy(&number, &level, sizeof number);
  return number >= TOMADA_DEBUG && number < TOMADA_ERROR ? static_cast<log::Level>(number) : log::Level::error;
}
static_assert(static_cast<int>(log::Level::warning) == TOMADA_WARNING);

}  // namespace tomada::plugin

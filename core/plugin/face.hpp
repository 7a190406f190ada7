#pragma once
// Faces: the ABI objects a plugin holds, and the way back from them for core/services.
#include "core/plugin/loader.hpp"
#include "core/registry/call.hpp"
#include <tomada/plugin.h>

#include <atomic>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <utility>

namespace tomada::plugin {

struct HostFace : tomada_host {
  Services* services = nullptr;  // of the instance that was given this face; null while it is being made
};

[[nodiscard]] inline Services* services_of(const tomada_host* host) noexcept {
  return static_cast<const HostFace*>(host)->services;
}

class CallFace : public tomada_call {
 public:
  // Null when the call is over; a plugin may ask on any of its threads, also while another one finishes the call.
  [[nodiscard]] std::shared_ptr<registry::Call> served() const noexcept {
    const std::lock_guard lock{serving_};
    return call_;
  }

  std::atomic<bool> is_unreachable{false};       // an upstream that it asked could not be reached
  std::atomic<bool> has_upstream_failed{false};  // the same, or it did not answer in time, was busy or broken
  std::atomic<std::int64_t> oldest_read_ms{0};   // Unix time of the oldest upstream answer used in it; 0: none
  std::atomic<std::int64_t> refresh_in_ms{0};    // the longest wait until a new look at one of them
  std::atomic<bool> has_asked{false};            // one of them came over the wire, not from what was kept

 protected:
  explicit CallFace(std::shared_ptr<registry::Call> call) noexcept : tomada_call{}, call_{std::move(call)} {}
  ~CallFace() = default;
  // For the host's own hands: it stands still until both ends of the call have come.
  [[nodiscard]] registry::Call& call_in_hand() const noexcept { return *call_; }
  [[nodiscard]] std::shared_ptr<registry::Call> give_up() noexcept {
    const std::lock_guard lock{serving_};
    return std::exchange(call_, nullptr);
  }

 private:
  mutable std::mutex serving_;  // guards the one below
  std::shared_ptr<registry::Call> call_;
};

[[nodiscard]] inline CallFace* face_of(tomada_call* call) noexcept {  // null: background work
  return static_cast<CallFace*>(call);
}

[[nodiscard]] inline log::Level level_of(tomada_log_level level) noexcept {
  int number = 0;  // a plugin may pass any number; read as the enumeration it would be undefined
  static_assert(sizeof number == sizeof level);
  std::memcpy(&number, &level, sizeof number);
  return number >= TOMADA_DEBUG && number < TOMADA_ERROR ? static_cast<log::Level>(number) : log::Level::error;
}
static_assert(static_cast<int>(log::Level::warning) == TOMADA_WARNING);

}  // namespace tomada::plugin

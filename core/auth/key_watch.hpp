#pragma once
// KeyWatch: looks again and again whether keys have changed, on a thread of its own.
#include "core/auth/issuer_keys.hpp"
#include "core/auth/keyring.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace tomada::auth {

class KeyWatch final {
 public:
  static constexpr Milliseconds often{300};

  explicit KeyWatch(Keyring& keyring, Milliseconds interval = often);  // also writes down when keys were used
  explicit KeyWatch(IssuerKeys& keys, Milliseconds interval = often);
  ~KeyWatch();  // after a last look; one that fetches is asked to stop

 private:
  void watch(const std::stop_token& stop);

  const std::function<void(const std::stop_token&)> look_;
  const Milliseconds interval_;
  std::mutex mutex_;  // only for the waiting
  std::condition_variable_any waiting_;
  std::jthread thread_;  // last: it uses everything above
};

}  // namespace tomada::auth

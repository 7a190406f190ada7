#pragma once
// KeyWatch: keeps a keyring as fresh as the state folder, and writes down when keys were used, on a thread of its own.
#include "core/auth/keyring.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace tomada::auth {

class KeyWatch final {
 public:
  explicit KeyWatch(Keyring& keyring, Milliseconds interval = Milliseconds{300});
  ~KeyWatch();  // after a last look

 private:
  void watch(const std::stop_token& stop);

  Keyring& keyring_;
  const Milliseconds interval_;
  std::mutex mutex_;  // only for the waiting
  std::condition_variable_any waiting_;
  std::jthread thread_;  // last: it uses everything above
};

}  // namespace tomada::auth

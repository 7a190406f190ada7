#include "core/auth/key_watch.hpp"

namespace tomada::auth {

// A store that cannot be read says so in health; the keys that are known stay good meanwhile.
KeyWatch::KeyWatch(Keyring& keyring, Milliseconds interval)
    : look_{[&keyring](const std::stop_token&) {
        (void)keyring.refresh();
        (void)keyring.write_uses();
      }},
      interval_{interval},
      thread_{[this](const std::stop_token& stop) { watch(stop); }} {}

KeyWatch::KeyWatch(IssuerKeys& keys, Milliseconds interval)
    : look_{[&keys](const std::stop_token& stop) { keys.look(stop); }},
      interval_{interval},
      thread_{[this](const std::stop_token& stop) { watch(stop); }} {}

KeyWatch::~KeyWatch() = default;

void KeyWatch::watch(const std::stop_token& stop) {
  std::unique_lock lock{mutex_};
  bool is_over = false;
  while (!is_over) {
    look_(stop);
    is_over = stop.stop_requested();
    waiting_.wait_for(lock, stop, interval_, [] { return false; });
  }
}

}  // namespace tomada::auth

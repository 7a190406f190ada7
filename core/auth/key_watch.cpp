#include "core/auth/key_watch.hpp"

namespace tomada::auth {

KeyWatch::KeyWatch(Keyring& keyring, Milliseconds interval)
    : keyring_{keyring}, interval_{interval}, thread_{[this](const std::stop_token& stop) { watch(stop); }} {}

KeyWatch::~KeyWatch() = default;

// A store that cannot be read says so in health; the keys that are known stay good meanwhile.
void KeyWatch::watch(const std::stop_token& stop) {
  std::unique_lock lock{mutex_};
  bool is_over = false;
  while (!is_over) {
    (void)keyring_.refresh();
    (void)keyring_.write_uses();
    is_over = stop.stop_requested();
    waiting_.wait_for(lock, stop, interval_, [] { return false; });
  }
}

}  // namespace tomada::auth

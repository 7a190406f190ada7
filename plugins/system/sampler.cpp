#include "sampler.hpp"

#include <csignal>
#include <utility>

namespace tomada::system {

Sampler::Sampler(std::chrono::milliseconds interval, std::function<void()> take)
    : interval_{interval}, take_{std::move(take)} {
  take_();
  thread_ = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

void Sampler::run(const std::stop_token& stop) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);  // signals are the host's
  std::unique_lock lock{mutex_};
  while (!stop.stop_requested()) {
    wake_.wait_for(lock, stop, interval_, [] { return false; });
    if (!stop.stop_requested()) take_();
  }
}

}  // namespace tomada::system

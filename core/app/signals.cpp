#include "core/app/signals.hpp"

#include <csignal>
#include <cstdint>
#include <poll.h>
#include <stdexcept>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace tomada::app {
namespace {

sigset_t watched() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
  return set;
}

}  // namespace

void Signals::block() {
  const sigset_t set = watched();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

Signals::Signals(Handlers handlers) : handlers_{std::move(handlers)} {
  const sigset_t set = watched();
  signals_ = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  wake_ = ::eventfd(0, EFD_CLOEXEC);
  if (signals_ < 0 || wake_ < 0) throw std::runtime_error("no file descriptor left for signals");
  thread_ = std::thread{[this] { wait(); }};
}

Signals::~Signals() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(wake_, &one, sizeof one);
  thread_.join();
  ::close(signals_);
  ::close(wake_);
}

void Signals::wait() {
  bool has_stopped = false;
  for (;;) {
    pollfd files[2] = {{signals_, POLLIN, 0}, {wake_, POLLIN, 0}};
    if (::poll(files, 2, -1) < 0) continue;
    if (files[1].revents != 0) return;
    signalfd_siginfo received{};
    if (::read(signals_, &received, sizeof received) != sizeof received) continue;
    if (received.ssi_signo == SIGHUP) {
      handlers_.reload();
    } else if (!has_stopped) {
      has_stopped = true;
      handlers_.stop();
    }
  }
}

}  // namespace tomada::app

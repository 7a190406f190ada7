#include "transports/stdio/event.hpp"

#include <cstdint>
#include <poll.h>
#include <stdexcept>
#include <sys/eventfd.h>
#include <unistd.h>

namespace tomada::stdio {

Event::Event() : descriptor_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)} {
  if (descriptor_ < 0) throw std::runtime_error("no event descriptor left");
}

Event::~Event() { ::close(descriptor_); }

void Event::raise() noexcept {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(descriptor_, &one, sizeof one);
}

bool Event::is_raised() const noexcept {
  pollfd raised{descriptor_, POLLIN, 0};
  return ::poll(&raised, 1, 0) > 0;
}

}  // namespace tomada::stdio

#include "core/modules/postgresql/wire.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace tomada::postgresql {

using sql::Broken;

Wait::Wait(const Patience& patience)
    : until_{std::chrono::steady_clock::now() + patience.at_most},
      wake_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)},
      on_stop_{patience.stop, Wake{wake_.number()}} {}

void Wait::Wake::operator()() const noexcept {
  const std::uint64_t one = 1;
  if (descriptor >= 0) (void)!::write(descriptor, &one, sizeof one);
}

Milliseconds Wait::left() const {
  const auto left = std::chrono::ceil<Milliseconds>(until_ - std::chrono::steady_clock::now());
  return std::max(left, Milliseconds{0});
}

std::optional<Trouble> Wait::until_ready(int socket, short events) const {
  for (;;) {
    std::array<pollfd, 2> watched{pollfd{socket, events, 0}, pollfd{wake_.number(), POLLIN, 0}};
    const int ready = ::poll(watched.data(), watched.size(), static_cast<int>(left().count()));
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) return Trouble{Broken::cut, "this machine cannot wait for it", {}};
    if (watched[1].revents != 0) return Trouble{Broken::cancelled, "the caller gave up", {}};
    if (watched[0].revents != 0) return std::nullopt;
    if (left().count() == 0) return Trouble{Broken::silent, "it did not answer in time", {}};
  }
}

Trouble cut(PGconn* connection) {
  std::string said = PQerrorMessage(connection);
  std::replace(said.begin(), said.end(), '\n', ' ');
  while (said.ends_with(' ')) said.pop_back();
  return {Broken::cut, said.empty() ? "the connection ended" : said, {}};
}

}  // namespace tomada::postgresql

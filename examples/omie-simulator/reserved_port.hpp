#pragma once
// ReservedPort: a port that is ours and refuses connections, until a server, which may share it, listens there.
#include <arpa/inet.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace omie_simulator {

class ReservedPort final {
 public:
  ReservedPort() {
    const int yes = 1;
    setsockopt(socket_, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    if (bind(socket_, generic, size) != 0 || getsockname(socket_, generic, &size) != 0)
      throw std::runtime_error("no port");
    number_ = ntohs(address.sin_port);
  }
  ReservedPort(const ReservedPort&) = delete;
  ReservedPort& operator=(const ReservedPort&) = delete;
  ~ReservedPort() { close(socket_); }
  [[nodiscard]] int number() const noexcept { return number_; }

 private:
  const int socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int number_ = 0;
};

}  // namespace omie_simulator

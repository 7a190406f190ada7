#pragma once
// Wire: the bytes of one connection, in clear or through TLS. Nothing blocks; the handshake happens inside reading.
#include "transports/http/socket.hpp"
#include "transports/http/tls.hpp"

#include <cstddef>
#include <utility>

namespace tomada::http {

class Wire final {
 public:
  explicit Wire(Socket socket, SslHandle tls = {}) : socket_{std::move(socket)}, tls_{std::move(tls)} {}

  [[nodiscard]] std::size_t read_some(asio::mutable_buffer into, SocketError& error);
  [[nodiscard]] std::size_t write_some(asio::const_buffer from, SocketError& error);
  // Errors: would_block (wait for the socket, see waits_for()), eof, any other: the connection is lost.

  [[nodiscard]] bool is_encrypted() const noexcept { return tls_ != nullptr; }
  [[nodiscard]] bool has_more() const noexcept;                // bytes that the socket's readiness will not announce
  [[nodiscard]] Socket::wait_type waits_for() const noexcept;  // what a read that would block waits for

  void finish_sending();  // says that nothing more will come
  void close();
  [[nodiscard]] Socket& socket() noexcept { return socket_; }

 private:
  [[nodiscard]] std::size_t outcome(int result, SocketError& error);

  Socket socket_;
  SslHandle tls_;                // null: in clear
  bool wants_to_write_ = false;  // the handshake's turn
  bool is_broken_ = false;       // TLS allows nothing more, not even a farewell
};

}  // namespace tomada::http

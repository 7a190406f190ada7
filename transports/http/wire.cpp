// OpenSSL works on the socket itself, which does not block: what it cannot do now is "would block", as for a plain
// socket, and the connection waits for readiness as it does anyway.
#include "transports/http/wire.hpp"

#include <boost/asio/error.hpp>
#include <climits>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>

namespace tomada::http {
namespace {

int clamped(std::size_t size) noexcept { return static_cast<int>(std::min<std::size_t>(size, INT_MAX)); }

}  // namespace

std::size_t Wire::outcome(int result, SocketError& error) {
  wants_to_write_ = false;
  if (result > 0) {
    error = {};
    return static_cast<std::size_t>(result);
  }
  switch (SSL_get_error(tls_.get(), result)) {
    case SSL_ERROR_WANT_WRITE:
      wants_to_write_ = true;
      [[fallthrough]];
    case SSL_ERROR_WANT_READ:
      error = asio::error::would_block;
      break;
    case SSL_ERROR_ZERO_RETURN:
      error = asio::error::eof;
      break;
    default:
      is_broken_ = true;
      error = asio::error::connection_reset;
  }
  return 0;
}

std::size_t Wire::read_some(asio::mutable_buffer into, SocketError& error) {
  if (!tls_) return socket_.read_some(into, error);
  ERR_clear_error();
  return outcome(SSL_read(tls_.get(), into.data(), clamped(into.size())), error);
}

std::size_t Wire::write_some(asio::const_buffer from, SocketError& error) {
  if (!tls_) return socket_.write_some(from, error);
  ERR_clear_error();
  return outcome(SSL_write(tls_.get(), from.data(), clamped(from.size())), error);
}

bool Wire::has_more() const noexcept { return tls_ && SSL_pending(tls_.get()) > 0; }

Socket::wait_type Wire::waits_for() const noexcept { return wants_to_write_ ? Socket::wait_write : Socket::wait_read; }

void Wire::finish_sending() {
  if (tls_ && !is_broken_ && SSL_is_init_finished(tls_.get())) {
    ERR_clear_error();
    (void)SSL_shutdown(tls_.get());  // the client's own farewell is not waited for
  }
  SocketError ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
}

void Wire::close() {
  SocketError ignored;
  socket_.close(ignored);
}

}  // namespace tomada::http

#pragma once
// Mailbox: the way from any thread to the connections of one I/O thread; it outlives the thread safely.
#include "core/jsonrpc/exchange.hpp"
#include "transports/http/socket.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace tomada::http {

class Connection;

enum class News {
  beginning,     // of a stream that may stay silent
  notification,  // before the answer
  remark,        // likewise; a slow client can do without it
  answer,
  dropped,  // no answer will come
};

struct Letter {
  std::weak_ptr<Connection> to;  // locked on the I/O thread only
  std::uint64_t request = 0;     // which of the connection's requests
  News news = News::notification;
  jsonrpc::Answer content;
};

class Mailbox final : public std::enable_shared_from_this<Mailbox> {
 public:
  explicit Mailbox(asio::io_context& io) : io_{&io} {}
  void post(Letter letter);  // [any thread]; dropped after close()
  void close();              // before the I/O context ends

 private:
  void deliver();

  std::mutex mutex_;  // guards the two below
  asio::io_context* io_;
  std::vector<Letter> letters_;
};

}  // namespace tomada::http

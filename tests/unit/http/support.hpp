#pragma once
// A running server with a receiver that the test controls, and a raw client that sends exactly the bytes it is given.
#include "core/base/clock.hpp"
#include "core/json/reader.hpp"
#include "core/log/log.hpp"
#include "core/metrics/metrics.hpp"
#include "transports/http/server.hpp"

#include <catch2/catch.hpp>

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tomada::http::test {

struct Received {
  std::string frame;
  std::string method;         // the Mcp-Method header
  bool is_ambiguous = false;  // likewise
  bool accepts_answers = false;
  std::shared_ptr<const Principal> principal;
  std::shared_ptr<jsonrpc::Reply> reply;
};

// Answers {"echo":FRAME} at once, or keeps the reply when the test holds it. GET and DELETE are held as the frames
// "GET" and "DELETE", HTTP+SSE's streams and messages as "SSE" and "SESSION: FRAME"; otherwise they are not allowed.
class TestReceiver final : public session::Receiver {
 public:
  void receive(std::string_view frame, const jsonrpc::HeaderView& headers, std::shared_ptr<jsonrpc::Reply> reply,
               std::shared_ptr<const Principal> principal) override;
  void unreadable(std::string_view, std::shared_ptr<jsonrpc::Reply>, std::shared_ptr<const Principal>) override {}
  void open_stream(const jsonrpc::HeaderView& headers, const std::shared_ptr<jsonrpc::Reply>& reply,
                   const Principal& principal) override;
  void end_session(const jsonrpc::HeaderView& headers, const std::shared_ptr<jsonrpc::Reply>& reply,
                   const Principal& principal) override;
  void open_sse(const std::shared_ptr<jsonrpc::Reply>& reply, const Principal& principal) override;
  void receive_sse(std::string_view session, std::string_view frame, const jsonrpc::HeaderView& headers,
                   const std::shared_ptr<jsonrpc::Reply>& reply,
                   const std::shared_ptr<const Principal>& principal) override;

  void hold() { holds_ = true; }
  void answer_with(std::function<void(jsonrpc::Reply&)> answer) { answer_ = std::move(answer); }
  [[nodiscard]] Received next();  // waits for a frame
  [[nodiscard]] std::size_t count() const;

 private:
  bool holds_ = false;                           // set before the server starts
  std::function<void(jsonrpc::Reply&)> answer_;  // likewise
  mutable std::mutex mutex_;                     // guards the two below
  std::vector<Received> received_;
  std::size_t count_ = 0;
  std::condition_variable arrived_;
};

struct Reading {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;                            // chunks joined
  [[nodiscard]] std::string header(const std::string& name) const;
};

class Client final {
 public:
  explicit Client(std::uint16_t port, const char* address = "127.0.0.1");
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void send(std::string_view bytes);                 // all of them; a closed peer is no error
  [[nodiscard]] Reading read(bool is_head = false);  // one response; status 0: the connection ended before it
  [[nodiscard]] std::string read_until(std::string_view mark);  // raw bytes up to and including the mark
  [[nodiscard]] bool is_ended();                                // waits for the end; false: bytes came instead
  void finish_sending();                                        // half-closes
  void close();
  void reset();  // ends the connection without a farewell (RST)

 private:
  [[nodiscard]] bool fill();
  [[nodiscard]] std::string take(std::size_t bytes);
  [[nodiscard]] std::string take_line();
  [[nodiscard]] std::string take_chunks();

  int socket_;
  std::string buffer_;
};

[[nodiscard]] std::string post(std::string_view body, std::string_view more_headers = {});
[[nodiscard]] std::string get(std::string_view path, std::string_view more_headers = {});

// Everything a server needs, started on a free port.
struct Fixture {
  explicit Fixture(Options options = {}, bool holds = false, std::vector<Route> routes = {});
  [[nodiscard]] Reading ask(std::string_view bytes);  // on a fresh connection

  SystemClock clock;
  metrics::Registry metrics;
  log::Logger log{{log::Level::error, {}}, clock, metrics};
  TestReceiver receiver;
  std::unique_ptr<Server> server;
  std::uint16_t port = 0;
};

}  // namespace tomada::http::test

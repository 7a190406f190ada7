#pragma once
// A client of the stdio server under test.
#include "tests/support/protocol_bench.hpp"
#include "transports/stdio/server.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <thread>
#include <unistd.h>

namespace tomada::test {

class Pipe final {
 public:
  Pipe() { REQUIRE(::pipe2(ends_.data(), O_CLOEXEC) == 0); }
  ~Pipe() {
    close_reader();
    close_writer();
  }
  [[nodiscard]] int reader() const { return ends_[0]; }
  [[nodiscard]] int writer() const { return ends_[1]; }
  void close_reader() { close_end(0); }
  void close_writer() { close_end(1); }

 private:
  void close_end(std::size_t which) {
    if (ends_[which] >= 0) ::close(std::exchange(ends_[which], -1));
  }
  std::array<int, 2> ends_{-1, -1};
};

inline void put(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(descriptor, bytes.data(), bytes.size());
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

// A client of the server under test: writes to it, reads whole lines from it.
class Client final {
 public:
  explicit Client(stdio::Options options = {}) {
    options.input = in_.reader();
    options.output = out_.writer();
    server_ = std::make_unique<stdio::Server>(options, *bench.endpoint, std::make_shared<const Principal>());
    serving_ = std::thread{[this] { server_->run(); }};
  }
  ~Client() {
    hang_up();
    if (serving_.joinable()) serving_.join();
  }

  void send(std::string_view bytes) { put(in_.writer(), bytes); }
  void hang_up() { in_.close_writer(); }
  void wait_until_unread(int bytes) {
    for (int unread = 0; unread < bytes; std::this_thread::yield()) ::ioctl(out_.reader(), FIONREAD, &unread);
  }
  void stop_reading() { out_.close_reader(); }
  void read_byte() {
    char byte = 0;
    [[maybe_unused]] const auto count = ::read(out_.reader(), &byte, 1);
  }
  void join() { serving_.join(); }
  [[nodiscard]] stdio::Server& server() { return *server_; }

  [[nodiscard]] std::string line() {
    for (;;) {
      if (const auto end = received_.find('\n'); end != std::string::npos) {
        auto out = received_.substr(0, end);
        received_.erase(0, end + 1);
        return out;
      }
      std::array<char, 65536> block;
      const auto count = ::read(out_.reader(), block.data(), block.size());
      if (count <= 0) return {};
      received_.append(block.data(), static_cast<std::size_t>(count));
    }
  }
  [[nodiscard]] std::int64_t answered_id() { return json::read(line()).value().at("id").as_int64(); }
  [[nodiscard]] std::int64_t error_code() { return json::read(line()).value().at("error").at("code").as_int64(); }

  ProtocolBench bench{session::Transport::stdio};

 private:
  Pipe in_, out_;
  std::string received_;
  std::unique_ptr<stdio::Server> server_;
  std::thread serving_;
};

inline std::string ping(int id) { return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":"ping"})"; }
inline const std::string hello =
    R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}})"
    "\n";
inline std::string call(int id, std::string_view tool) {
  return text::concat({R"({"jsonrpc":"2.0","id":)", std::to_string(id), R"(,"method":"tools/call","params":{"name":")",
                       tool, "\"}}\n"});
}

inline std::string large_call(int id) {
  return text::concat({R"({"jsonrpc":"2.0","id":)", std::to_string(id),
                       R"(,"method":"tools/call","params":{"name":"echo","arguments":{"region":")",
                       std::string(100'000, 'x'), "\"}}}\n"});
}

}  // namespace tomada::test

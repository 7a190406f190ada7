#include "transports/stdio/server.hpp"

#include "tests/support/protocol_bench.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <future>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace {

using namespace tomada;
using test::ProtocolBench;

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

void put(int descriptor, std::string_view bytes) {
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

std::string ping(int id) { return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":"ping"})"; }
const std::string hello = R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}})"
                          "\n";
std::string call(int id, std::string_view tool) {
  return text::concat({R"({"jsonrpc":"2.0","id":)", std::to_string(id), R"(,"method":"tools/call","params":{"name":")",
                       tool, "\"}}\n"});
}

std::string large_call(int id) {
  return text::concat({R"({"jsonrpc":"2.0","id":)", std::to_string(id),
                       R"(,"method":"tools/call","params":{"name":"echo","arguments":{"region":")",
                       std::string(100'000, 'x'), "\"}}}\n"});
}

}  // namespace

TEST_CASE("frames come one per line, however the bytes arrive") {
  Client client;
  client.send(ping(1) + "\n" + ping(2) + "\r\n\n  \n" + ping(3).substr(0, 20));
  CHECK(client.answered_id() == 1);
  CHECK(client.answered_id() == 2);
  client.send(ping(3).substr(20) + "\n");
  CHECK(client.answered_id() == 3);
}

TEST_CASE("pipelined requests are answered in order of a reader that never waits") {
  Client client;
  std::string all;
  for (int id = 1; id <= 3000; ++id) all.append(ping(id)).append("\n");
  std::thread writer{[&] { client.send(all); }};
  for (int id = 1; id <= 3000; ++id) REQUIRE(client.answered_id() == id);
  writer.join();
}

TEST_CASE("a last line without its newline is still a frame, half a frame is a parse error") {
  {
    Client client;
    client.send(ping(1));
    client.hang_up();
    CHECK(client.answered_id() == 1);
  }
  Client client;
  client.send(R"({"jsonrpc":"2.0","id":1,"meth)");
  client.hang_up();
  CHECK(client.error_code() == -32700);
  client.join();
  CHECK(client.server().drain(Milliseconds{1000}));
}

TEST_CASE("what cannot be read is answered, and the next line works") {
  Client client{{.max_frame_bytes = 2000}};
  for (const auto& bad :
       {std::string{"{"}, std::string{"\xff\xfe"}, std::string(1500, '['), std::string{"{\"a\":1,\"a\":2}"}}) {
    client.send(bad + "\n");
    CHECK(client.error_code() == -32700);
  }
  client.send(ping(1) + "\n");
  CHECK(client.answered_id() == 1);
}

TEST_CASE("a line that is too long is answered once and skipped to its end") {
  Client client{{.max_frame_bytes = 2000}};
  std::thread writer{[&] {
    client.send(std::string(5'000'000, 'x') + "\n" + ping(1) + "\n" + std::string(2001, ' ') + "\n" + ping(2) + "\n");
  }};
  CHECK(client.error_code() == -32700);
  CHECK(client.answered_id() == 1);
  CHECK(client.error_code() == -32700);
  CHECK(client.answered_id() == 2);
  writer.join();
}

TEST_CASE("a line of exactly the limit is a frame") {
  Client client{{.max_frame_bytes = 200}};
  auto frame = ping(1);
  frame.insert(frame.size() - 1, std::string(200 - frame.size(), ' '));
  client.send(frame + "\r\n");
  CHECK(client.answered_id() == 1);
}

TEST_CASE("answers from other threads, of any size, never mix with each other") {
  Client client;
  client.send(hello);
  CHECK(client.answered_id() == 0);
  constexpr int calls = 16;
  for (int id = 1; id <= calls; ++id) client.send(call(id, "wait"));
  client.send(ping(99) + "\n");
  CHECK(client.answered_id() == 99);
  std::vector<std::thread> workers;
  for (const auto& waiting : client.bench.waiting.all()) {
    workers.emplace_back(
        [waiting] { waiting->finish(test::result_of("{\"text\":\"" + std::string(100'000, 'x') + "\"}")); });
  }
  std::vector<std::int64_t> ids;
  for (int i = 0; i < calls; ++i) ids.push_back(client.answered_id());
  for (auto& worker : workers) worker.join();
  std::sort(ids.begin(), ids.end());
  for (int id = 1; id <= calls; ++id) CHECK(ids[static_cast<std::size_t>(id - 1)] == id);
}

TEST_CASE("after the end of input the answers in flight are still written") {
  Client client;
  client.send(hello + call(1, "wait"));
  CHECK(client.answered_id() == 0);
  client.hang_up();
  client.join();
  CHECK(client.bench.waiting.size() == 1);
  std::thread worker{[&] { client.bench.waiting.at(0)->finish(test::result_of("{}")); }};
  CHECK(client.server().drain(Milliseconds{10'000}));
  worker.join();
  CHECK(client.answered_id() == 1);
}

TEST_CASE("draining gives up on a call that does not end, and nothing is written afterwards") {
  Client client;
  client.send(hello + call(1, "wait"));
  CHECK(client.answered_id() == 0);
  client.hang_up();
  client.join();
  CHECK_FALSE(client.server().drain(Milliseconds{1}));
  client.bench.waiting.at(0)->finish(test::result_of("{}"));
  SUCCEED("the late answer harmed nobody");
}

TEST_CASE("a cancelled call does not keep the server from draining") {
  Client client;
  client.send(hello + call(1, "wait"));
  CHECK(client.answered_id() == 0);
  client.send(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})"
              "\n" +
              ping(2) + "\n");
  CHECK(client.answered_id() == 2);
  client.bench.waiting.at(0)->finish(test::result_of("{}"));
  client.bench.waiting.clear();
  client.hang_up();
  client.join();
  CHECK(client.server().drain(Milliseconds{10'000}));
}

TEST_CASE("stop ends the reading although the client says nothing") {
  Client client;
  client.send(ping(1) + "\n");
  CHECK(client.answered_id() == 1);
  client.server().stop();
  client.join();
  CHECK(client.server().drain(Milliseconds{1000}));
}

TEST_CASE("a client that reads nothing cannot keep the server from stopping") {
  Client client;
  client.send(hello + large_call(1));
  client.wait_until_unread(60'000);  // a pipe holds 64 KiB, the answer is longer
  client.server().stop();
  client.join();
  CHECK_FALSE(client.server().drain(Milliseconds{1}));
}

TEST_CASE("a slow client gets every byte, also when the server is asked to stop in between") {
  Client client;
  client.send(hello + large_call(1));
  client.wait_until_unread(60'000);
  client.server().stop();
  client.join();
  auto drained = std::async(std::launch::async, [&] { return client.server().drain(Milliseconds{10'000}); });
  CHECK(client.answered_id() == 0);
  CHECK(client.line().size() > 200'000);
  CHECK(drained.get());
}

TEST_CASE("a client that closes its end ends the server and cancels what ran for it") {
  std::signal(SIGPIPE, SIG_IGN);
  Client client;
  client.send(text::concat(
      {R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"wait","_meta":{)",
       R"("io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}})",
       "\n", ping(2), "\n"}));
  CHECK(client.answered_id() == 2);
  client.stop_reading();
  client.send(ping(3) + "\n");
  client.join();
  CHECK(client.bench.waiting.at(0)->stop_token().stop_requested());
  CHECK(client.server().drain(Milliseconds{1000}));
}

TEST_CASE("sockets serve as well as pipes") {
  std::array<int, 2> ends{};
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
  ProtocolBench bench{session::Transport::stdio};
  stdio::Server server{{.input = ends[0], .output = ends[0]}, *bench.endpoint, std::make_shared<const Principal>()};
  put(ends[1], ping(1) + "\n");
  ::shutdown(ends[1], SHUT_WR);
  server.run();
  CHECK(server.drain(Milliseconds{1000}));
  std::array<char, 4096> block;
  const auto count = ::read(ends[1], block.data(), block.size());
  REQUIRE(count > 0);
  CHECK(std::string_view(block.data(), static_cast<std::size_t>(count)) ==
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n");
  for (const int end : ends) ::close(end);
}

#include "tests/unit/stdio/support.hpp"

#include <sys/socket.h>

using namespace tomada;
using namespace tomada::test;

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
       {std::string{"{"}, std::string{"\xff\xfe"}, std::string(1500, '['), std::string{R"({"id":1,"id":2})"}}) {
    client.send(bad + "\n");
    CHECK(client.error_code() == -32700);
  }
  client.send(ping(1) + "\n");
  CHECK(client.answered_id() == 1);
}

TEST_CASE("a notification that makes no sense is not answered, a frame that may have been a request is") {
  Client client;
  client.send(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":5})"
              "\n" +
              ping(1) + "\n");
  CHECK(client.answered_id() == 1);
  client.send(R"({"jsonrpc":"2.0","id":null,"method":"ping","params":5})"
              "\n");
  CHECK(client.error_code() == -32600);
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

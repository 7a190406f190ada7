#include "tests/unit/stdio/support.hpp"

#include <csignal>
#include <future>

using namespace tomada;
using namespace tomada::test;

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

TEST_CASE("a client that reads a byte now and then cannot keep the server from stopping") {
  Client client;
  client.send(hello + large_call(1));
  client.wait_until_unread(60'000);
  client.server().stop();
  client.join();
  std::atomic<bool> is_drained{false};
  std::thread reader{[&] {
    while (!is_drained) client.read_byte();
  }};
  CHECK_FALSE(client.server().drain(Milliseconds{5}));
  is_drained = true;
  reader.join();
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

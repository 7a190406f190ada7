#include "tests/unit/http/support.hpp"

#include <atomic>
#include <future>
#include <thread>

using namespace tomada;
using namespace tomada::http::test;

TEST_CASE("an answer may come later from another thread, and requests sent meanwhile wait for their turn") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1") + post("2"));
  client.send(post("3"));
  for (const std::string expected : {"1", "2", "3"}) {
    auto received = fixture.receiver.next();
    CHECK(received.frame == expected);
    std::thread{[&received, &expected] { received.reply->answer({200, "[" + expected + "]", 0}); }}.join();
    CHECK(client.read().body == "[" + expected + "]");
  }
}

TEST_CASE("only the first answer counts") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1"));
  const auto received = fixture.receiver.next();
  received.reply->answer({200, "\"first\"", 0});
  received.reply->answer({200, "\"second\"", 0});
  received.reply->notify("\"late\"");
  CHECK(client.read().body == "\"first\"");
  client.send(post("2"));
  fixture.receiver.next().reply->answer({200, "\"other\"", 0});
  CHECK(client.read().body == "\"other\"");
}

TEST_CASE("a request that is dropped without an answer is told so under its id, a notification is accepted") {
  struct Row {
    std::string frame;
    int status;
    std::string body;
  };
  const std::string error = R"("error":{"code":-32603,"message":"internal error: the request was dropped"}})";
  Fixture fixture{{}, true};
  Client client{fixture.port};
  for (const auto& row :
       {Row{R"({"jsonrpc":"2.0","id":7,"method":"ping"})", 500, R"({"jsonrpc":"2.0","id":7,)" + error},
        Row{R"({"jsonrpc":"2.0","id":"a","method":"x"})", 500, R"({"jsonrpc":"2.0","id":"a",)" + error},
        Row{R"({"jsonrpc":"2.0","method":"notifications/x"})", 202, ""},
        Row{R"({"jsonrpc":"2.0","id":7,"result":{}})", 202, ""}, Row{"hello", 500, R"({"jsonrpc":"2.0",)" + error}}) {
    INFO(row.frame);
    client.send(post(row.frame));
    fixture.receiver.next().reply.reset();
    const auto answer = client.read();
    CHECK(answer.status == row.status);
    CHECK(answer.body == row.body);
  }
  client.send(post("2"));
  fixture.receiver.next().reply->answer({200, "2", 0});
  CHECK(client.read().body == "2");
}

TEST_CASE("an event stream whose request is dropped ends with the error") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post(R"({"jsonrpc":"2.0","id":7,"method":"ping"})"));
  auto received = fixture.receiver.next();
  received.reply->notify("1");
  received.reply.reset();
  CHECK(client.read().body.find(R"(data: {"jsonrpc":"2.0","id":7,"error":{"code":-32603)") != std::string::npos);
}

TEST_CASE("notifications before the answer turn it into an event stream that ends with the answer") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1", "Accept: application/json, text/event-stream\r\n") + post("2"));
  const auto received = fixture.receiver.next();
  received.reply->notify(R"({"progress":1})");
  CHECK(client.read_until("\n\n").find("HTTP/1.1 200") == 0);  // sent at once, before the answer exists
  received.reply->notify(R"({"progress":2})");
  received.reply->answer({200, R"({"result":3})", 0});
  CHECK(client.read_until("0\r\n\r\n").find("event: message\ndata: {\"result\":3}\n\n") != std::string::npos);
  fixture.receiver.next().reply->answer({200, "2", 0});
  CHECK(client.read().body == "2");
}

TEST_CASE("an event stream has the headers that keep proxies from holding it back") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1"));
  const auto received = fixture.receiver.next();
  received.reply->notify("1");
  received.reply->answer({200, "2", 0});
  const auto answer = client.read();
  CHECK(answer.header("content-type") == "text/event-stream");
  CHECK(answer.header("cache-control") == "no-cache, no-transform");
  CHECK(answer.header("x-accel-buffering") == "no");
  CHECK(answer.body == "event: message\ndata: 1\n\nevent: message\ndata: 2\n\n");
}

TEST_CASE("an HTTP/1.0 client gets the event stream without chunks, ended by the connection") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(
      "POST /mcp HTTP/1.0\r\nContent-Type: application/json\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\n1");
  const auto received = fixture.receiver.next();
  received.reply->notify("1");
  received.reply->answer({200, "2", 0});
  const auto answer = client.read();
  CHECK(answer.header("transfer-encoding").empty());
  CHECK(answer.body == "event: message\ndata: 1\n\nevent: message\ndata: 2\n\n");
}

TEST_CASE("a client that accepts no events gets the answer alone") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1", "Accept: application/json\r\n"));
  const auto received = fixture.receiver.next();
  received.reply->notify("1");
  received.reply->answer({200, "2", 0});
  const auto answer = client.read();
  CHECK(answer.header("content-type") == "application/json");
  CHECK(answer.body == "2");
}

TEST_CASE("events may be accepted on any of several Accept lines") {
  Fixture fixture{{}, true};
  for (const std::string accepts : {"Accept: application/json\r\nAccept: text/event-stream\r\n",
                                    "Accept: text/event-stream\r\nAccept: application/json\r\n", "Accept: */*\r\n"}) {
    Client client{fixture.port};
    client.send(post("1", accepts));
    const auto received = fixture.receiver.next();
    received.reply->notify("1");
    received.reply->answer({200, "2", 0});
    CHECK(client.read().header("content-type") == "text/event-stream");
  }
}

TEST_CASE("notifications from inside receive() work like those from outside") {
  Fixture fixture;
  TestReceiver direct;
  direct.answer_with([](jsonrpc::Reply& reply) {
    reply.notify("1");
    reply.answer({200, "2", 0});
  });
  http::Options options;
  options.listen = "127.0.0.1:0";
  http::Server server{options, &direct, {}, fixture.log, fixture.metrics};
  const auto port = server.start();
  REQUIRE(port);
  Client client{*port};
  client.send(post("1") + post("2"));
  for (int i = 0; i < 2; ++i) CHECK(client.read().body == "event: message\ndata: 1\n\nevent: message\ndata: 2\n\n");
}

TEST_CASE("the receiver hears that the client left before the answer, once") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1"));
  const auto received = fixture.receiver.next();
  std::promise<void> gone;
  std::atomic<int> calls{0};
  received.reply->on_disconnect([&] {
    if (++calls == 1) gone.set_value();
  });
  client.close();
  REQUIRE(gone.get_future().wait_for(std::chrono::seconds{20}) == std::future_status::ready);
  received.reply->notify("too late");
  received.reply->answer({200, "too late", 0});
  CHECK(fixture.ask(get("/nowhere")).status == 404);
  CHECK(calls == 1);
}

TEST_CASE("who asks after the client has left is told at once") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1"));
  const auto received = fixture.receiver.next();
  std::promise<void> gone;
  received.reply->on_disconnect([&gone] { gone.set_value(); });
  client.close();
  gone.get_future().wait();
  bool is_told = false;
  received.reply->on_disconnect([&is_told] { is_told = true; });
  CHECK(is_told);
}

TEST_CASE("the end of a connection is noticed behind requests that wait for their turn") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1") + post("2"));
  const auto received = fixture.receiver.next();
  std::promise<void> gone;
  received.reply->on_disconnect([&gone] { gone.set_value(); });
  client.close();
  CHECK(gone.get_future().wait_for(std::chrono::seconds{20}) == std::future_status::ready);
  CHECK(fixture.receiver.count() == 1);
}

TEST_CASE("a client that stays is not reported as gone") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1"));
  auto received = fixture.receiver.next();
  bool is_gone = false;
  received.reply->on_disconnect([&is_gone] { is_gone = true; });
  received.reply->answer({200, "1", 0});
  CHECK(client.read().status == 200);
  client.close();
  fixture.server.reset();
  CHECK_FALSE(is_gone);
}

TEST_CASE("a reply outlives its server") {
  auto fixture = std::make_unique<Fixture>(http::Options{}, true);
  Client client{fixture->port};
  client.send(post("1"));
  const auto received = fixture->receiver.next();
  bool is_gone = false;
  received.reply->on_disconnect([&is_gone] { is_gone = true; });
  fixture->server.reset();
  CHECK(is_gone);
  fixture.reset();
  received.reply->notify("nobody");
  received.reply->answer({200, "nobody", 0});
}

TEST_CASE("answers from many threads reach the right connections") {
  http::Options options;
  options.threads = 2;
  Fixture fixture{options, true};
  constexpr int connections = 16;
  constexpr int rounds = 50;
  std::thread answering{[&fixture] {
    for (int i = 0; i < connections * rounds; ++i) {
      const auto received = fixture.receiver.next();
      if (i % 3 == 0) received.reply->notify("0");
      received.reply->answer({200, received.frame, 0});
    }
  }};
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < connections; ++i) clients.push_back(std::make_unique<Client>(fixture.port));
  int wrong = 0;
  for (int round = 0; round < rounds; ++round) {
    for (int i = 0; i < connections; ++i) clients[i]->send(post(std::to_string(round * 100 + i)));
    for (int i = 0; i < connections; ++i) {
      const auto body = clients[i]->read().body;
      const auto expected = std::to_string(round * 100 + i);
      if (body != expected && body.find("data: " + expected + "\n\n") == std::string::npos) ++wrong;
    }
  }
  answering.join();
  CHECK(wrong == 0);
}

TEST_CASE("an answer larger than the socket takes is written as the client reads") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1") + post("2"));
  const std::string large = "\"" + std::string(30u << 20, 'x') + "\"";
  fixture.receiver.next().reply->answer({200, large, 0});
  CHECK(client.read().body == large);
  fixture.receiver.next().reply->answer({200, "2", 0});
  CHECK(client.read().body == "2");
}

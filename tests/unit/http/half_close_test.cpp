// A client that closes its sending side has only said that it will ask nothing more.
#include "tests/unit/http/support.hpp"

#include <future>

using namespace tomada;
using namespace tomada::http::test;

namespace {

constexpr std::chrono::seconds patience{20};

// Waits until the server has seen what was sent before on this connection's thread: it has one thread.
void let_server_catch_up(Fixture& fixture) { CHECK(fixture.ask(get("/nowhere")).status == 404); }

}  // namespace

TEST_CASE("a client that closes its sending side still gets the answer that comes later") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1"));
  client.finish_sending();
  const auto received = fixture.receiver.next();
  let_server_catch_up(fixture);
  received.reply->answer({200, "\"late\"", 0});
  const auto answer = client.read();
  CHECK(answer.status == 200);
  CHECK(answer.body == "\"late\"");
  CHECK(client.is_ended());
}

TEST_CASE("requests sent before the sending side was closed are all answered") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1") + post("2") + post("3"));
  client.finish_sending();
  for (const std::string expected : {"1", "2", "3"}) {
    const auto received = fixture.receiver.next();
    let_server_catch_up(fixture);
    received.reply->answer({200, received.frame, 0});
    CHECK(client.read().body == expected);
  }
  CHECK(client.is_ended());
}

TEST_CASE("notifications and a large answer reach a client that closed its sending side") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1") + post("2"));
  client.finish_sending();
  const std::string large = "\"" + std::string(8u << 20, 'x') + "\"";
  auto received = fixture.receiver.next();
  received.reply->notify("0");
  let_server_catch_up(fixture);
  received.reply->answer({200, large, 0});
  CHECK(client.read().body == "event: message\ndata: 0\n\nevent: message\ndata: " + large + "\n\n");
  fixture.receiver.next().reply->answer({200, "2", 0});
  CHECK(client.read().body == "2");
  CHECK(client.is_ended());
}

TEST_CASE("who wants to hear that the client left hears it when the sending side is closed, also behind others") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1") + post("2"));
  client.finish_sending();
  fixture.receiver.next().reply->answer({200, "1", 0});
  CHECK(client.read().body == "1");
  const auto received = fixture.receiver.next();
  std::promise<void> gone;
  received.reply->on_disconnect([&gone] { gone.set_value(); });
  CHECK(gone.get_future().wait_for(patience) == std::future_status::ready);
}

TEST_CASE("a client that breaks its connection is let go although nobody asked to hear of it") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1"));
  client.finish_sending();
  const auto received = fixture.receiver.next();
  let_server_catch_up(fixture);
  client.reset();
  const auto is_gone = [&fixture] {
    let_server_catch_up(fixture);
    return fixture.metrics.value("tomada_http_connections") == 0.0;
  };
  const auto end = std::chrono::steady_clock::now() + patience;
  bool is_seen = false;
  while (!is_seen && std::chrono::steady_clock::now() < end) is_seen = is_gone();
  CHECK(is_seen);
}

TEST_CASE("half a request is told so when the rest will not come") {
  Fixture fixture;
  const auto whole = post("[1,2,3]");
  for (const auto& half : {whole.substr(0, 40), whole.substr(0, whole.size() - 1)}) {
    INFO(half);
    Client client{fixture.port};
    client.send(post("1") + half);
    client.finish_sending();
    CHECK(client.read().body == R"({"echo":1})");
    const auto answer = client.read();
    CHECK(answer.status == 400);
    CHECK(answer.body.find("ended before") != std::string::npos);
    CHECK(client.is_ended());
  }
  CHECK(fixture.receiver.count() == 2);
}

// Streams that may stay open for long: their head comes at once, they end when they are told to or their client goes.
#include "tests/unit/http/support.hpp"

#include <future>

using namespace tomada;
using namespace tomada::http;
using namespace tomada::http::test;

namespace {

const std::string open_stream = "GET /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";

}  // namespace

TEST_CASE("a stream shows its head before anything is said, and what is said as it comes") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(open_stream);
  const auto stream = fixture.receiver.next();
  CHECK(stream.frame == "GET");
  CHECK(stream.reply->takes_notices());
  stream.reply->begin();
  CHECK_THAT(client.read_until("\r\n\r\n"), Catch::Contains("text/event-stream"));
  stream.reply->notify("{\"n\":1}");
  CHECK_THAT(client.read_until("\n\n"), Catch::Contains("event: message\ndata: {\"n\":1}"));
  stream.reply->answer({202, {}});
  CHECK_THAT(client.read_until("0\r\n\r\n"), !Catch::Contains("data:"));
  client.send(post("1"));
  fixture.receiver.next().reply->answer({200, "2"});
  CHECK(client.read().body == "2");
}

TEST_CASE("a client that takes no stream is known before one is begun") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send("GET /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n");
  const auto request = fixture.receiver.next();
  CHECK_FALSE(request.reply->takes_notices());
  request.reply->begin();
  request.reply->answer({406, "{}"});
  CHECK(client.read().status == 406);
}

TEST_CASE("whoever streams hears that the client has gone") {
  Fixture fixture{{}, true};
  std::promise<void> gone;
  Received stream;
  {
    Client client{fixture.port};
    client.send(open_stream);
    stream = fixture.receiver.next();
    stream.reply->begin();
    stream.reply->on_disconnect([&gone] { gone.set_value(); });
    (void)client.read_until("\r\n\r\n");
  }
  CHECK(gone.get_future().wait_for(std::chrono::seconds{20}) == std::future_status::ready);
}

TEST_CASE("a stream that ends while the server drains ends its connection") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(open_stream);
  const auto stream = fixture.receiver.next();
  stream.reply->begin();
  (void)client.read_until("\r\n\r\n");
  fixture.server->stop_accepting();
  stream.reply->answer({202, {}});
  (void)client.read_until("0\r\n\r\n");
  CHECK(client.is_ended());
  CHECK(fixture.server->drain(Milliseconds{20'000}));
}

TEST_CASE("a session that begins with an answer is named in its head, and DELETE reaches who keeps it") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1"));
  jsonrpc::Answer answer{200, "2"};
  answer.session = "0123456789abcdef";
  fixture.receiver.next().reply->answer(std::move(answer));
  const auto begun = client.read();
  CHECK(begun.header("mcp-session-id") == "0123456789abcdef");
  client.send("DELETE /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const auto end = fixture.receiver.next();
  CHECK(end.frame == "DELETE");
  end.reply->answer({204, {}});
  const auto ended = client.read();
  CHECK(ended.status == 204);
  CHECK(ended.header("content-length").empty());
}

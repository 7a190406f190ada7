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
  stream.reply->begin({});
  CHECK_THAT(client.read_until("\r\n\r\n"), Catch::Contains("text/event-stream"));
  stream.reply->notify("{\"n\":1}");
  CHECK_THAT(client.read_until("\n\n"), Catch::Contains("event: message\ndata: {\"n\":1}"));
  stream.reply->answer({202, {}});
  CHECK_THAT(client.read_until("0\r\n\r\n"), !Catch::Contains("data:"));
  client.send(post("1"));
  fixture.receiver.next().reply->answer({200, "2"});
  CHECK(client.read().body == "2");
}

TEST_CASE("a stream that can be taken up again begins with an id, and its events and its answer have theirs") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1"));
  const auto call = fixture.receiver.next();
  call.reply->begin({"a-1-0"});
  CHECK_THAT(client.read_until("\n\n"), Catch::EndsWith("\r\nid: a-1-0\nretry: 1000\ndata: \n\n"));
  call.reply->notify_as("a-1-1", "{\"n\":1}");
  CHECK_THAT(client.read_until("\n\n"), Catch::EndsWith("\r\nevent: message\nid: a-1-1\ndata: {\"n\":1}\n\n"));
  jsonrpc::Answer answer{200, "{\"n\":2}"};
  answer.event = "a-1-2";
  call.reply->answer(std::move(answer));
  CHECK_THAT(client.read_until("0\r\n\r\n"), Catch::Contains("event: message\nid: a-1-2\ndata: {\"n\":2}\n\n"));
}

TEST_CASE("whoever asks for it hears that a client waits, once; nobody else, and the client is not let go") {
  Options options;
  options.silence = Milliseconds{20};
  Fixture fixture{options, true};
  Client client{fixture.port}, other{fixture.port};
  other.send(post("0"));
  const auto unasked = fixture.receiver.next();
  client.send(post("1"));
  const auto call = fixture.receiver.next();
  call.reply->on_silence(call.reply);
  CHECK_THAT(client.read_until("\r\n\r\n"), Catch::Contains("text/event-stream"));
  call.reply->answer({200, "2"});
  CHECK_THAT(client.read_until("0\r\n\r\n"), Catch::Contains("data: 2\n\n"));
  unasked.reply->answer({200, "1"});
  CHECK(other.read().body == "1");
}

TEST_CASE("an answer that has an id and ends no stream is sent without it") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1"));
  jsonrpc::Answer answer{200, "2"};
  answer.event = "a-1-1";
  fixture.receiver.next().reply->answer(std::move(answer));
  CHECK(client.read().body == "2");
}

TEST_CASE("a reader too slow for its stream loses the connection, and never an event in the midst of it") {
  const bool has_ids = GENERATE(true, false);
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(open_stream);
  const auto stream = fixture.receiver.next();
  stream.reply->begin({});
  (void)client.read_until("\r\n\r\n");
  std::promise<void> gone;
  stream.reply->on_disconnect([&gone] { gone.set_value(); });
  auto ended = gone.get_future();
  const std::string much(1u << 20, 'x');
  for (int i = 0; i < 100 && ended.wait_for(std::chrono::seconds{0}) != std::future_status::ready; ++i)
    has_ids ? stream.reply->notify_as("a-1-" + std::to_string(i), much) : stream.reply->notify(much);
  CHECK(ended.wait_for(std::chrono::seconds{20}) == std::future_status::ready);
}

TEST_CASE("a call's progress is left out where its client reads too slowly, and the answer comes all the same") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1"));
  const auto call = fixture.receiver.next();
  const std::string much(1u << 20, 'x');
  for (int i = 0; i < 100; ++i) call.reply->remark(much);
  call.reply->answer({200, "the answer"});
  const auto body = client.read().body;
  CHECK(body.find("the answer") != std::string::npos);
  CHECK(body.size() < 100 * much.size());
}

TEST_CASE("a client that takes no stream is known before one is begun") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send("GET /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n");
  const auto request = fixture.receiver.next();
  CHECK_FALSE(request.reply->takes_notices());
  request.reply->begin({});
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
    stream.reply->begin({});
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
  stream.reply->begin({});
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

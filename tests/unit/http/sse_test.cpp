// HTTP+SSE at the wire: two more paths where the configuration turns it on.
#include "tests/unit/http/support.hpp"
#include "transports/http/router.hpp"

#include <future>

using namespace tomada;
using namespace tomada::http;
using namespace tomada::http::test;

namespace {

const std::string open_sse = get("/sse", "Accept: text/event-stream\r\n");

std::string message(std::string_view query, std::string_view more_headers = {}) {
  auto out = post("1", more_headers);
  return out.replace(out.find("/mcp"), 4, "/messages" + std::string{query});
}

Options with_sse() {
  Options out;
  out.has_sse = true;
  return out;
}

}  // namespace

TEST_CASE("where HTTP+SSE is off its paths are not there") {
  Fixture fixture{{}, true};
  CHECK(fixture.ask(open_sse).status == 404);
  CHECK(fixture.ask(message("?sessionId=a")).status == 404);
}

TEST_CASE("the first event names the endpoint, then everything is a message") {
  Fixture fixture{with_sse(), true};
  Client client{fixture.port}, other{fixture.port};
  client.send(open_sse);
  const auto stream = fixture.receiver.next();
  CHECK(stream.frame == "SSE");
  stream.reply->begin({{}, "/messages?sessionId=a"});
  CHECK_THAT(client.read_until("\r\n\r\n"), Catch::Contains("text/event-stream"));
  CHECK_THAT(client.read_until("\n\n"), Catch::EndsWith("\r\nevent: endpoint\ndata: /messages?sessionId=a\n\n"));
  other.send(message("?sessionId=a"));
  const auto sent = fixture.receiver.next();
  CHECK(sent.frame == "a: 1");
  sent.reply->answer({202, {}});
  CHECK(other.read().status == 202);
  stream.reply->notify("{\"n\":1}");
  CHECK_THAT(client.read_until("\n\n"), Catch::Contains("event: message\ndata: {\"n\":1}\n\n"));
}

TEST_CASE("each path takes its own method and type, and says which") {
  Fixture fixture{with_sse(), true};
  const auto wrong = fixture.ask(post("1").replace(5, 4, "/sse"));
  CHECK(wrong.status == 405);
  CHECK(wrong.header("allow") == "GET, OPTIONS");
  const auto got = fixture.ask(get("/messages?sessionId=a"));
  CHECK(got.status == 405);
  CHECK(got.header("allow") == "POST, OPTIONS");
  CHECK(fixture.ask("DELETE /messages HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 405);
  const auto preflight = fixture.ask("OPTIONS /sse HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(preflight.status == 204);
  CHECK(preflight.header("allow") == "GET, OPTIONS");
  CHECK(fixture.ask("POST /messages?sessionId=a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n1").status ==
        415);
  CHECK(fixture.ask(get("/sse/")).status == 404);
  CHECK(fixture.receiver.count() == 0);
}

TEST_CASE("pages of other sites and rebound names reach neither path") {
  Fixture fixture{with_sse(), true};
  for (const auto& bytes :
       {get("/sse", "Origin: https://evil.example\r\n"), message("?sessionId=a", "Origin: null\r\n")})
    CHECK(fixture.ask(bytes).status == 403);
  CHECK(fixture.ask("GET /sse HTTP/1.1\r\nHost: evil.example\r\n\r\n").status == 403);
  CHECK(fixture.receiver.count() == 0);
}

TEST_CASE("the session is what the query names once") {
  CHECK(session_in("sessionId=abc") == "abc");
  CHECK(session_in("a=1&sessionId=abc&b=2") == "abc");
  for (const auto* none : {"", "sessionId", "sessionId=", "sessionid=abc", "xsessionId=abc", "a=sessionId=abc", "&&&",
                           "sessionId=abc&sessionId=abc"})
    CHECK(session_in(none).empty());
}

TEST_CASE("a client that does not read its stream loses it, and with it the session, but no answer in between") {
  Fixture fixture{with_sse(), true};
  Client client{fixture.port};
  client.send(open_sse);
  const auto stream = fixture.receiver.next();
  stream.reply->begin({{}, "/messages?sessionId=a"});
  (void)client.read_until("\n\n");
  std::promise<void> gone;
  stream.reply->on_disconnect([&gone] { gone.set_value(); });
  auto ended = gone.get_future();
  const std::string much(1u << 20, 'x');
  for (int i = 0; i < 100 && ended.wait_for(std::chrono::seconds{0}) != std::future_status::ready; ++i)
    stream.reply->notify(much);
  CHECK(ended.wait_for(std::chrono::seconds{20}) == std::future_status::ready);
}

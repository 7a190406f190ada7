// What the transport refuses: the right status, a JSON body, and the next request wherever the connection can survive.
#include "tests/unit/http/support.hpp"

using namespace tomada;
using namespace tomada::http::test;

namespace {

constexpr const char* json_fields = "Host: localhost\r\nContent-Type: application/json\r\n";

void check_json(const Reading& answer) {
  INFO(answer.body);
  CHECK(answer.header("content-type") == "application/json");
  const auto body = json::read(answer.body);
  REQUIRE(body);
  REQUIRE(body->is_object());
  CHECK(body->get_object().contains("error"));
  CHECK_FALSE(body->get_object().contains("id"));
}

// Refused, and the connection goes on.
void check_survives(const std::string& bytes, int status, http::Options options = {}) {
  Fixture fixture{std::move(options)};
  Client client{fixture.port};
  client.send(bytes);
  const auto answer = client.read();
  CHECK(answer.status == status);
  check_json(answer);
  CHECK(fixture.receiver.count() == 0);
  client.send(post("\"next\""));
  CHECK(client.read().body == R"({"echo":"next"})");
}

// Refused, and nothing that follows is looked at.
void check_ends(const std::string& bytes, int status, http::Options options = {}) {
  INFO(bytes.substr(0, 300));
  Fixture fixture{std::move(options)};
  Client client{fixture.port};
  client.send(bytes + post("\"smuggled\""));
  const auto answer = client.read();
  CHECK(answer.status == status);
  check_json(answer);
  CHECK(answer.header("connection") == "close");
  client.finish_sending();
  CHECK(client.is_ended());
  CHECK(fixture.receiver.count() == 0);
  CHECK(fixture.ask(post("1")).status == 200);
}

std::string with_field(const std::string& field) {
  return std::string{"POST /mcp HTTP/1.1\r\n"} + json_fields + field + "\r\n\r\n";
}

}  // namespace

TEST_CASE("an unknown path is 404 and names the right one") {
  check_survives(get("/nowhere"), 404);
  Fixture fixture;
  CHECK(fixture.ask(get("/")).body.find("/mcp") != std::string::npos);
}

TEST_CASE("the MCP endpoint takes POST, and GET and DELETE for those who have sessions") {
  for (const std::string method : {"GET", "DELETE", "PUT", "PATCH", "NONSENSE"}) {
    Fixture fixture;
    Client client{fixture.port};
    client.send(method + " /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const auto answer = client.read();
    CHECK(answer.status == 405);
    const bool needs_session = method == "GET" || method == "DELETE";
    CHECK(answer.header("allow") == (needs_session ? "POST" : "POST, GET, DELETE, OPTIONS"));
    check_json(answer);
    client.send(post("1"));
    CHECK(client.read().status == 200);
  }
}

TEST_CASE("a body that is not announced as JSON is 415, and is read past") {
  const std::string body(100'000, 'x');
  const std::string length = "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  check_survives("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n" + length + body, 415);
  check_survives("POST /mcp HTTP/1.1\r\nHost: localhost\r\n" + length + body, 415);
}

TEST_CASE("a foreign Origin is 403, a loopback or allowed one is not") {
  for (const std::string origin : {"https://evil.example.com", "null", "http://localhost.evil.example.com",
                                   "http://127.0.0.1.evil.example.com", "http://localhost:80:80", "localhost"}) {
    INFO(origin);
    check_survives(post("1", "Origin: " + origin + "\r\n"), 403);
  }
  http::Options options;
  options.allowed_origins = {"https://app.example.com"};
  Fixture fixture{options};
  for (const std::string origin : {"http://localhost", "http://localhost:5173", "https://127.0.0.1:1",
                                   "http://[::1]:3000", "https://app.example.com"}) {
    INFO(origin);
    const auto answer = fixture.ask(post("1", "Origin: " + origin + "\r\n"));
    CHECK(answer.status == 200);
    CHECK(answer.header("access-control-allow-origin") == origin);
    CHECK(answer.header("vary") == "Origin");
  }
}

TEST_CASE("a foreign Host is 403 on a loopback listener: a name rebound by DNS gets nothing") {
  for (const std::string host : {"evil.example.com", "evil.example.com:8420", "localhost.evil.example.com",
                                 "127.0.0.1.nip.io", "127.0.0.1:80@evil.example.com", "localhost:99999"}) {
    INFO(host);
    check_survives(
        "POST /mcp HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n1",
        403);
    check_survives("GET /health HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 403);
  }
  http::Options options;
  options.allowed_hosts = {"erp.example.com"};
  Fixture fixture{options};
  for (const std::string host : {"localhost", "LOCALHOST:1", "127.0.0.1:8420", "127.0.0.2", "[::1]:8420",
                                 "erp.example.com", "erp.example.com:443"}) {
    INFO(host);
    CHECK(fixture
              .ask("POST /mcp HTTP/1.1\r\nHost: " + host +
                   "\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n1")
              .status == 200);
  }
}

TEST_CASE("probes that come by address are answered whatever hosts are allowed, everything else is not") {
  http::Options options;
  options.listen = "0.0.0.0:0";
  options.allowed_hosts = {"erp.example.com"};
  const auto answer = [] { return http::RouteAnswer{200, "text/plain", "well"}; };
  Fixture fixture{options, false, {{"/health/live", answer, http::Guard::origin}, {"/metrics", answer}}};
  const std::string host = " HTTP/1.1\r\nHost: 10.1.2.3:8420\r\nContent-Length: 0\r\n";
  CHECK(fixture.ask("GET /health/live" + host + "\r\n").status == 200);
  CHECK(fixture.ask("GET /health/live" + host + "Origin: https://evil.example.com\r\n\r\n").status == 403);
  CHECK(fixture.ask("GET /metrics" + host + "\r\n").status == 403);
  CHECK(fixture.ask("POST /mcp" + host + "Content-Type: application/json\r\n\r\n").status == 403);
  CHECK(fixture.ask("GET /nowhere" + host + "\r\n").status == 403);
  CHECK(fixture.ask("GET /metrics HTTP/1.1\r\nHost: erp.example.com\r\n\r\n").status == 200);
}

TEST_CASE("a preflight from an allowed origin is told what it may send") {
  Fixture fixture;
  const std::string preflight =
      "OPTIONS /mcp HTTP/1.1\r\nHost: localhost\r\nAccess-Control-Request-Method: POST\r\nOrigin: ";
  Client client{fixture.port};
  client.send(preflight + "http://localhost:5173\r\n\r\n");
  const auto answer = client.read();
  CHECK(answer.status == 204);
  CHECK(answer.header("access-control-allow-origin") == "http://localhost:5173");
  CHECK(answer.header("access-control-allow-methods").find("POST") != std::string::npos);
  for (const std::string header : {"Content-Type", "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Authorization"}) {
    CHECK(answer.header("access-control-allow-headers").find(header) != std::string::npos);
  }
  client.send(post("1"));
  CHECK(client.read().status == 200);
  CHECK(fixture.ask(preflight + "https://evil.example.com\r\n\r\n").status == 403);
}

TEST_CASE("a body that announces more than the limit is 413 and is read past without being kept") {
  http::Options options;
  options.max_body_bytes = 1000;
  check_survives(post(std::string(1001, ' ')), 413, options);
  check_survives(post(std::string(1001, ' '), "Origin: https://evil.example.com\r\n"), 403, options);
  check_survives("GET /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1001\r\n\r\n" + std::string(1001, ' '),
                 404, options);

  options.max_body_bytes = 20;
  Fixture fixture{options};
  CHECK(fixture.ask(post("\"20 bytes are in it\"")).status == 200);
}

TEST_CASE("a body whose end is unknown or too far away is 413 and ends the connection") {
  http::Options options;
  options.max_body_bytes = 1000;
  std::string chunks = std::string{"POST /mcp HTTP/1.1\r\n"} + json_fields + "Transfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 20; ++i) chunks += "64\r\n" + std::string(100, ' ') + "\r\n";
  check_ends(chunks + "0\r\n\r\n", 413, options);
  check_ends(with_field("Content-Length: 134217729"), 413, options);
}

TEST_CASE("a client that waits to be asked for too large a body hears 413 at once") {
  Fixture fixture;
  const auto answer = fixture.ask(with_field("Content-Length: 104857600\r\nExpect: 100-continue"));
  CHECK(answer.status == 413);
  CHECK(answer.header("connection") == "close");
}

TEST_CASE("too large a body that does not come to its end in time is 413 all the same") {
  http::Options options;
  options.max_body_bytes = 10;
  options.body_timeout = Milliseconds{50};
  check_ends(with_field("Content-Length: 10000") + "[", 413, options);
}

TEST_CASE("the client that sends 100 MB reads why it was refused, and its connection goes on") {
  Fixture fixture;
  Client client{fixture.port};
  client.send("POST /mcp HTTP/1.1\r\n" + std::string{json_fields} + "Content-Length: 104857600\r\n\r\n");
  const std::string megabyte(1u << 20, ' ');
  for (int i = 0; i < 100; ++i) client.send(megabyte);
  client.send(post("\"next\""));
  CHECK(client.read().status == 413);
  CHECK(client.read().body == R"({"echo":"next"})");
  CHECK(fixture.receiver.count() == 1);
}

TEST_CASE("header fields beyond the limit are 431, in one piece or dribbled") {
  check_ends(with_field("X-Long: " + std::string(70'000, 'x')), 431);
  std::string many;
  for (int i = 0; i < 8000; ++i) many += "X-Field-" + std::to_string(i) + ": 1\r\n";
  check_ends(with_field(many + "X-Last: 1"), 431);
  check_ends("POST /" + std::string(70'000, 'x') + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 431);
}

TEST_CASE("what is no HTTP is 400 and ends the connection") {
  check_ends("hello\r\n\r\n", 400);
  check_ends("POST /mcp\r\n\r\n", 400);
  check_ends("{\"jsonrpc\":\"2.0\"}\r\n\r\n", 400);
  check_ends("POST  /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
  check_ends(std::string{"\x16\x03\x01\x02\x00\x01\x00", 7} + "\r\n\r\n", 400);  // TLS
  check_ends("POST /mcp HTTP/2.0\r\nHost: localhost\r\n\r\n", 505);
  check_ends("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
}

TEST_CASE("framing that two readers could read differently ends the connection") {
  const std::string chunked = "Transfer-Encoding: chunked\r\n";
  check_ends(with_field("Content-Length: 5\r\nTransfer-Encoding: chunked"), 400);
  check_ends(with_field("Transfer-Encoding: chunked\r\nContent-Length: 5"), 400);
  check_ends(with_field("Content-Length: 5\r\nContent-Length: 6"), 400);
  check_ends(with_field("Content-Length: 5\r\nContent-Length: 5"), 400);
  check_ends(with_field("Content-Length: 5, 5"), 400);
  for (const std::string length : {"-1", "+5", "0x5", "5 5", "five", "99999999999999999999999", "5;", "1_0"}) {
    check_ends(with_field("Content-Length: " + length), 400);
  }
  check_ends(with_field("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"), 400);
  check_ends(with_field("Transfer-Encoding: xchunked"), 501);
  check_ends(with_field("Transfer-Encoding: chunked, identity"), 501);
  check_ends(with_field("Transfer-Encoding: gzip, chunked"), 501);
  check_ends(with_field("Transfer-Encoding:\x0b"
                        "chunked"),
             400);
  check_ends(with_field("Transfer-Encoding : chunked"), 400);
  check_ends(with_field("X-Folded: one\r\n two"), 400);
  check_ends(with_field("X-Folded: one\r\n\ttwo"), 400);
  check_ends(with_field(std::string{"X-Nul: a\0b", 10}), 400);
  check_ends(with_field("X-Return: a\rb"), 400);
  check_ends(with_field("X-Feed: a\nY: b"), 400);
  check_ends(with_field("No colon here"), 400);
  check_ends(with_field(": no name"), 400);
  check_ends("POST /mcp HTTP/1.0\r\n" + std::string{json_fields} + chunked + "\r\n0\r\n\r\n", 400);
}

TEST_CASE("Host must be there once, and agree with an absolute target") {
  check_ends("POST /mcp HTTP/1.1\r\nContent-Length: 0\r\n\r\n", 400);
  check_ends("POST /mcp HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", 400);
  check_ends("POST http://127.0.0.1/mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", 400);
  check_ends(with_field("Origin: http://localhost\r\nOrigin: https://evil.example.com\r\nContent-Length: 0"), 400);
}

TEST_CASE("broken chunks end the connection") {
  const std::string head = std::string{"POST /mcp HTTP/1.1\r\n"} + json_fields + "Transfer-Encoding: chunked\r\n\r\n";
  for (const std::string chunk : {"0x1\r\n1\r\n0\r\n\r\n", "+1\r\n1\r\n0\r\n\r\n", "1_\r\n1\r\n0\r\n\r\n", "-1\r\n",
                                  "g\r\n", "1\r\n12\r\n0\r\n\r\n", "ffffffffffffffffff\r\n", " 1\r\n1\r\n0\r\n\r\n"}) {
    INFO(chunk);
    check_ends(head + chunk, 400);
  }
  check_ends(head + "1;" + std::string(100'000, 'x'), 400);
}

TEST_CASE("an expectation other than 100-continue is 417") {
  check_ends(with_field("Expect: a miracle\r\nContent-Length: 0"), 417);
}

#include "tests/unit/http/support.hpp"

using namespace tomada;
using namespace tomada::http::test;

TEST_CASE("a POST to /mcp is answered with what the receiver says") {
  Fixture fixture;
  const auto answer = fixture.ask(post(R"({"id":1})"));
  CHECK(answer.status == 200);
  CHECK(answer.header("content-type") == "application/json");
  CHECK(answer.body == R"({"echo":{"id":1}})");
  CHECK(answer.header("connection").empty());
}

TEST_CASE("a connection serves many requests, also those sent without waiting, in order") {
  Fixture fixture;
  Client client{fixture.port};
  std::string bytes;
  for (int i = 0; i < 500; ++i) bytes += post("[" + std::to_string(i) + "]");
  client.send(bytes);
  for (int i = 0; i < 500; ++i) {
    INFO("request " << i);
    REQUIRE(client.read().body == "{\"echo\":[" + std::to_string(i) + "]}");
  }
}

TEST_CASE("a request may arrive byte by byte") {
  Fixture fixture;
  Client client{fixture.port};
  for (int round = 0; round < 2; ++round) {
    for (const char byte : post(R"({"slow":true})", "X-Long: " + std::string(300, 'x') + "\r\n")) {
      client.send({&byte, 1});
    }
    CHECK(client.read().body == R"({"echo":{"slow":true}})");
  }
}

TEST_CASE("a large body arrives whole, with a length and in chunks") {
  Fixture fixture;
  const std::string body = "[\"" + std::string(3u << 20, 'a') + "\"]";
  CHECK(fixture.ask(post(body)).body == "{\"echo\":" + body + "}");

  Client client{fixture.port};
  client.send(
      "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n2;name=value\r\n2]\r\n0\r\n\r\n");
  CHECK(client.read().body == R"({"echo":[1,2]})");
  client.send(post("2"));
  CHECK(client.read().body == R"({"echo":2})");
}

TEST_CASE("a request without a body says nothing, whatever the connection carried before") {
  const std::string head = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  for (const std::string rest : {"Content-Length: 0\r\n\r\n", "\r\n", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"}) {
    INFO(rest);
    Fixture fixture;
    Client client{fixture.port};
    for (int round = 0; round < 2; ++round) {
      client.send(post("\"before\""));
      CHECK(client.read().body == R"({"echo":"before"})");
      client.send(head + rest);
      CHECK(client.read().body == R"({"echo":})");
    }
  }
}

TEST_CASE("HTTP/1.0 closes after the answer unless keep-alive is asked for") {
  Fixture fixture;
  const std::string fields = "Content-Type: application/json\r\nContent-Length: 1\r\n";
  Client closing{fixture.port};
  closing.send("POST /mcp HTTP/1.0\r\n" + fields + "\r\n1");
  const auto answer = closing.read();
  CHECK(answer.body == R"({"echo":1})");
  CHECK(answer.header("connection") == "close");
  CHECK(closing.is_ended());

  Client keeping{fixture.port};
  keeping.send("POST /mcp HTTP/1.0\r\nConnection: keep-alive\r\n" + fields + "\r\n1");
  CHECK(keeping.read().header("connection") == "keep-alive");
  keeping.send("POST /mcp HTTP/1.0\r\nConnection: keep-alive\r\n" + fields + "\r\n2");
  CHECK(keeping.read().body == R"({"echo":2})");
}

TEST_CASE("Connection: close is obeyed") {
  Fixture fixture;
  Client client{fixture.port};
  client.send(post("1", "Connection: close\r\n"));
  const auto answer = client.read();
  CHECK(answer.status == 200);
  CHECK(answer.header("connection") == "close");
  CHECK(client.is_ended());
}

TEST_CASE("a client that waits for 100 Continue is told to go on") {
  Fixture fixture;
  Client client{fixture.port};
  client.send(
      "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
      "Expect: 100-continue\r\n\r\n");
  CHECK(client.read().status == 100);
  client.send("42");
  CHECK(client.read().body == R"({"echo":42})");
}

TEST_CASE("a client that waits for 100 Continue hears a refusal at once") {
  Fixture fixture;
  Client client{fixture.port};
  client.send(
      "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n"
      "Expect: 100-continue\r\n\r\n");
  const auto answer = client.read();
  CHECK(answer.status == 415);
  CHECK(answer.header("connection") == "close");
}

TEST_CASE("the receiver sees the headers and the principal") {
  http::Options options;
  options.local_principal = std::make_shared<const Principal>(Principal{"maria", "acme", {"finance"}});
  Fixture fixture{options, true};
  Client client{fixture.port};
  client.send(post("1", "MCP-METHOD:  tools/call \r\n"));
  const auto received = fixture.receiver.next();
  CHECK(received.method == "tools/call");
  CHECK(received.principal->subject == "maria");
  received.reply->answer({200, "1", 0});
  CHECK(client.read().status == 200);
}

TEST_CASE("the receiver is told when a header is given twice with different values") {
  Fixture fixture{{}, true};
  for (const auto& [headers, is_ambiguous] :
       {std::pair{"Mcp-Method: a\r\nX: y\r\nmcp-method: b\r\n", true},
        std::pair{"Mcp-Method: a\r\nMcp-Method: a\r\nX: y\r\nMcp-Method: b\r\n", true},
        std::pair{"Mcp-Method: a\r\nMcp-Method:  a \r\n", false}, std::pair{"Mcp-Method: a\r\nMcp-Name: b\r\n", false},
        std::pair{"", false}}) {
    INFO(headers);
    Client client{fixture.port};
    client.send(post("1", headers));
    CHECK(fixture.receiver.next().is_ambiguous == is_ambiguous);
  }
}

TEST_CASE("the receiver is told when the client accepts nothing that could be answered") {
  Fixture fixture{{}, true};
  for (const auto& [headers, accepts] :
       {std::pair{"", true}, std::pair{"Accept: \r\n", true}, std::pair{"Accept: */*\r\n", true},
        std::pair{"Accept: text/html, application/*;q=0.5\r\n", true},
        std::pair{"Accept: Application/JSON; charset=utf-8\r\n", true}, std::pair{"Accept: text/*\r\n", true},
        std::pair{"Accept: text/html\r\nAccept: text/event-stream\r\n", true},
        std::pair{"Accept: text/event-stream\r\nAccept: text/html\r\n", true},
        std::pair{"Accept: text/html\r\n", false}, std::pair{"Accept: text/html,,image/*;q=*/*\r\n", false},
        std::pair{"Accept: application/json-seq\r\nAccept: image/*\r\n", false}}) {
    INFO(headers);
    Client client{fixture.port};
    client.send(post("1", headers));
    CHECK(fixture.receiver.next().accepts_answers == accepts);
  }
}

TEST_CASE("who callers are is decided by the address that was bound, not by its spelling") {
  for (const auto& [listen, subject] :
       {std::pair{"127.0.0.1:0", "local"}, std::pair{"127.0.0.2:0", "local"}, std::pair{"127.1:0", "local"},
        std::pair{"localhost:0", "local"}, std::pair{"0.0.0.0:0", "anonymous"}}) {
    INFO(listen);
    http::Options options;
    options.listen = listen;
    options.local_principal = std::make_shared<const Principal>(Principal{"local", "default", {"owner"}});
    Fixture fixture{options, true};
    Client client{fixture.port, std::string_view{listen} == "127.0.0.2:0" ? "127.0.0.2" : "127.0.0.1"};
    client.send(post("1"));
    const auto received = fixture.receiver.next();
    CHECK(received.principal->subject == subject);
    CHECK(received.principal->roles.empty() == (received.principal->subject == "anonymous"));
  }
}

TEST_CASE("an answer without a body is 202, an error keeps its status, Retry-After is told") {
  Fixture silent{{}, true};
  Client client{silent.port};
  client.send(post("1"));
  silent.receiver.next().reply->answer({200, "", 0});
  auto answer = client.read();
  CHECK(answer.status == 202);
  CHECK(answer.header("content-length") == "0");
  CHECK(answer.header("content-type").empty());

  client.send(post("2"));
  silent.receiver.next().reply->answer({429, "{}", 7});
  answer = client.read();
  CHECK(answer.status == 429);
  CHECK(answer.header("retry-after") == "7");
}

TEST_CASE("the query of the target is no part of the path, and an absolute target is understood") {
  Fixture fixture;
  Client client{fixture.port};
  client.send(
      "POST /mcp?from=test HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
      "1\r\n\r\n1");
  CHECK(client.read().status == 200);
  client.send(
      "POST http://localhost/mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json; charset=utf-8\r\n"
      "Content-Length: 1\r\n\r\n1");
  CHECK(client.read().status == 200);
}

TEST_CASE("connections and requests are counted") {
  Fixture fixture;
  Client client{fixture.port};
  client.send(post("1") + post("2") + get("/nowhere"));
  for (int i = 0; i < 3; ++i) (void)client.read();
  CHECK(fixture.metrics.value("tomada_http_requests_total", {{"status", "200"}}) == 2.0);
  CHECK(fixture.metrics.value("tomada_http_requests_total", {{"status", "404"}}) == 1.0);
  CHECK(fixture.metrics.value("tomada_http_connections") == 1.0);
}

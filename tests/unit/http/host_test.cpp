// Under which names a listener is reached.
#include "tests/unit/http/support.hpp"
#include "transports/http/address.hpp"

#include <string>

using namespace tomada;
using http::test::Fixture;

TEST_CASE("a listener on every address is reached by any address and by the names that were allowed") {
  http::Options options;
  options.listen = "0.0.0.0:0";
  Fixture fixture{options};
  const auto status = [&fixture](const std::string& host) {
    INFO(host);
    return fixture
        .ask("POST /mcp HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n1")
        .status;
  };
  for (const std::string host :
       {"localhost:8420", "127.0.0.1", "10.1.2.3:8420", "203.0.113.7", "[::1]:8420", "[2001:db8::7]:8420"}) {
    CHECK(status(host) == 200);
  }
  for (const std::string host : {"evil.example.com", "evil.example.com:8420", "10.1.2.3.nip.io", "1.2.3", "10.1.2.3.",
                                 "[::1", "[evil]", "0x7f000001", "2130706433", "tomada"}) {
    CHECK(status(host) == 403);
  }
}

TEST_CASE("the name that was given to listen on is served") {
  http::Options options;
  options.listen = "localhost.localdomain:0";
  const auto at = http::parse_listen(options.listen);
  if (!at || !at->address().is_loopback()) return;  // this machine has no such name
  Fixture fixture{options};
  CHECK(fixture
            .ask("POST /mcp HTTP/1.1\r\nHost: localhost.localdomain\r\nContent-Type: application/json\r\n"
                 "Content-Length: 1\r\n\r\n1")
            .status == 200);
}

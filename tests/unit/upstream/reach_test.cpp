#include "core/upstream/reach.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <catch2/catch.hpp>

#include <string>

using namespace tomada;
using Catch::Matchers::Contains;
using Tcp = boost::asio::ip::tcp;

namespace {

struct Listening {
  boost::asio::io_context io;
  Tcp::acceptor acceptor{io, {boost::asio::ip::address_v4::loopback(), 0}};
  [[nodiscard]] std::string port() const { return std::to_string(acceptor.local_endpoint().port()); }
};

Result<void> reached(const std::string& url, bool allow_private = true) {
  upstream::UpstreamOptions options;
  options.url = url;
  options.allow_private = allow_private;
  return upstream::reach(options, Milliseconds{url.starts_with("https") ? 1'500 : 10'000});
}

std::string refused(const Result<void>& result) {
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ErrorCode::unreachable);
  CHECK_FALSE(result.error().hint.empty());
  return result.error().message;
}

}  // namespace

TEST_CASE("An upstream that accepts connections is reached") {
  const Listening server;
  CHECK(reached("http://127.0.0.1:" + server.port() + "/"));
  CHECK(reached("http://localhost:" + server.port() + "/"));
}

TEST_CASE("An upstream that cannot be reached is told with the reason") {
  std::string port;
  {
    const Listening gone;
    port = gone.port();
  }
  CHECK(refused(reached("http://127.0.0.1:" + port + "/")) ==
        "http://127.0.0.1:" + port + ": the connection is refused");
  CHECK_THAT(refused(reached("http://no-such-host.invalid/")), Contains("its name has no address"));
  const Listening silent;
  CHECK_THAT(refused(reached("https://127.0.0.1:" + silent.port() + "/")), Contains("TLS handshake in time"));
  CHECK_THAT(refused(reached("http://127.0.0.1:" + silent.port() + "/", false)), Contains("allow_private"));
}

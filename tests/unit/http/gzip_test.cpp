#include "transports/http/gzip.hpp"

#include "tests/unit/http/support.hpp"

#include <libdeflate.h>

using namespace tomada;
using namespace tomada::http::test;

namespace {

const std::string long_frame = "[\"" + std::string(5000, 'a') + "\"]";

std::string unpacked(const std::string& packed) {
  std::string out(1u << 20, '\0');
  std::size_t size = 0;
  auto* const decompressor = libdeflate_alloc_decompressor();
  const auto result =
      libdeflate_gzip_decompress(decompressor, packed.data(), packed.size(), out.data(), out.size(), &size);
  libdeflate_free_decompressor(decompressor);
  REQUIRE(result == LIBDEFLATE_SUCCESS);
  out.resize(size);
  return out;
}

Reading ask_accepting(Fixture& fixture, const std::string& codings, const std::string& frame = long_frame) {
  return fixture.ask(post(frame, "Accept-Encoding: " + codings + "\r\n"));
}

}  // namespace

TEST_CASE("a long answer is compressed for a client that takes gzip") {
  Fixture fixture;
  for (const std::string codings :
       {"gzip", "deflate, gzip;q=1.0, *;q=0.5", "GZIP", "br, *", "*;q=0, gzip", "gzip;q=0.001"}) {
    INFO(codings);
    const auto answer = ask_accepting(fixture, codings);
    CHECK(answer.header("content-encoding") == "gzip");
    CHECK(answer.header("vary") == "Accept-Encoding");
    CHECK(answer.header("content-type") == "application/json");
    CHECK(answer.body.size() < 500);
    CHECK(unpacked(answer.body) == "{\"echo\":" + long_frame + "}");
  }
}

TEST_CASE("an answer stays as it is where gzip is not taken") {
  Fixture fixture;
  for (const std::string codings : {"identity", "gzip;q=0", "*;q=0", "gzip; q=0.000, *", "gzipped", "br"}) {
    INFO(codings);
    const auto answer = ask_accepting(fixture, codings);
    CHECK(answer.header("content-encoding").empty());
    CHECK(answer.body == "{\"echo\":" + long_frame + "}");
  }
  CHECK(fixture.ask(post(long_frame)).header("vary") == "Accept-Encoding");  // a cache in between must know
}

TEST_CASE("what is short or would not shrink is not compressed") {
  Fixture fixture;
  CHECK(ask_accepting(fixture, "gzip", "[1]").header("content-encoding").empty());
  CHECK(http::Gzip{}.compress("xyz").empty());
}

TEST_CASE("a stream is never compressed") {
  Fixture fixture;
  fixture.receiver.answer_with([](jsonrpc::Reply& reply) {
    reply.notify(long_frame);
    reply.answer({200, long_frame, 0});
  });
  const auto answer = ask_accepting(fixture, "gzip");
  CHECK(answer.header("content-type") == "text/event-stream");
  CHECK(answer.header("content-encoding").empty());
}

TEST_CASE("compression can be switched off") {
  http::Options options;
  options.compresses = false;
  Fixture fixture{options};
  CHECK(ask_accepting(fixture, "gzip").header("content-encoding").empty());
}

TEST_CASE("the length that HEAD names is that of the compressed body") {
  Fixture fixture{{}, false, {{"/long", [] { return http::RouteAnswer{200, "application/json", long_frame}; }}}};
  Client client{fixture.port};
  const std::string rest = " /long HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n";
  client.send("HEAD" + rest);
  const auto length = client.read(true).header("content-length");
  client.send("GET" + rest);
  const auto whole = client.read();
  CHECK(whole.header("content-length") == length);
  CHECK(unpacked(whole.body) == long_frame);
}

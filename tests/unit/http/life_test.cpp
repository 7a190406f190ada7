// Starting, timing out, stopping.
#include "tests/unit/http/support.hpp"

#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <regex>
#include <thread>
#include <unistd.h>

using namespace tomada;
using namespace tomada::http::test;

namespace {

Error start_error(const std::string& listen) {
  SystemClock clock;
  metrics::Registry metrics;
  log::Logger log{{log::Level::error, {}}, clock, metrics};
  http::Options options;
  options.listen = listen;
  http::Server server{options, nullptr, {}, log, metrics};
  const auto started = server.start();
  return started ? Error{} : started.error();
}

http::Options with_threads(std::size_t threads) {
  http::Options options;
  options.threads = threads;
  return options;
}

}  // namespace

TEST_CASE("a port in use is refused with its number and what to do") {
  for (const std::size_t threads : {1u, 2u}) {
    Fixture fixture{with_threads(threads)};
    const auto error = start_error("127.0.0.1:" + std::to_string(fixture.port));
    CHECK(error.code == ErrorCode::system);
    CHECK(error.message == "port " + std::to_string(fixture.port) + " is already in use");
    CHECK_FALSE(error.hint.empty());
  }
}

TEST_CASE("two servers of several threads do not share a port by accident") {
  Fixture first{with_threads(2)};
  auto options = with_threads(2);
  options.listen = "127.0.0.1:" + std::to_string(first.port);
  http::Server second{options, nullptr, {}, first.log, first.metrics};
  const auto started = second.start();
  REQUIRE_FALSE(started);
  CHECK(started.error().code == ErrorCode::system);
}

TEST_CASE("an address that is none is a configuration error") {
  for (const std::string listen : {"", "localhost", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:70000",
                                   ":8420", "::1:8420", "[::1:8420", "nowhere.invalid:80"}) {
    INFO(listen);
    CHECK(start_error(listen).code == ErrorCode::configuration);
  }
  const auto foreign = start_error("192.0.2.1:0");
  CHECK(foreign.code == ErrorCode::system);
  CHECK(foreign.message.find("192.0.2.1") != std::string::npos);
}

TEST_CASE("a refusal is logged under a correlation of its own") {
  const auto file = std::filesystem::temp_directory_path() / ("tomada-http-" + std::to_string(::getpid()) + ".log");
  SystemClock clock;
  metrics::Registry metrics;
  {
    log::Logger log{{log::Level::warning, file.string()}, clock, metrics};
    http::Options options;
    options.listen = "127.0.0.1:0";
    http::Server server{options, nullptr, {}, log, metrics};
    const auto port = server.start();
    REQUIRE(port);
    Client client{*port};
    client.send(get("/nowhere"));
    CHECK(client.read().status == 404);
  }
  std::ifstream in{file};
  const std::string line{std::istreambuf_iterator<char>{in}, {}};
  std::filesystem::remove(file);
  CHECK(std::regex_search(line, std::regex{R"("message":"HTTP request refused".*"correlation":"[0-9a-f]{32}")"}));
}

TEST_CASE("all threads listen on the one port") {
  Fixture fixture{with_threads(2)};
  for (int i = 0; i < 20; ++i) CHECK(fixture.ask(post("1")).status == 200);
}

TEST_CASE("routes answer GET and HEAD, and nothing else") {
  const http::Route route{"/health", [] { return http::RouteAnswer{503, "text/plain", "unwell"}; }};
  Fixture fixture{{}, false, {route}};
  Client client{fixture.port};
  client.send(get("/health"));
  const auto answer = client.read();
  CHECK(answer.status == 503);
  CHECK(answer.header("content-type") == "text/plain");
  CHECK(answer.body == "unwell");

  client.send("HEAD /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const auto head = client.read(true);
  CHECK(head.status == 503);
  CHECK(head.header("content-length") == "6");

  client.send("POST /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc");
  const auto refused = client.read();
  CHECK(refused.status == 405);
  CHECK(refused.header("allow") == "GET, HEAD");
  client.send(get("/health/"));
  CHECK(client.read().status == 404);
}

TEST_CASE("a listener without a receiver serves its routes only") {
  Fixture fixture;
  http::Options options;
  options.listen = "127.0.0.1:0";
  http::Server server{options,
                      nullptr,
                      {{"/metrics",
                        [] {
                          return http::RouteAnswer{200, "text/plain", "1"};
                        }}},
                      fixture.log,
                      fixture.metrics};
  const auto port = server.start();
  REQUIRE(port);
  Client client{*port};
  client.send(get("/metrics") + post("1"));
  CHECK(client.read().body == "1");
  CHECK(client.read().status == 404);
}

TEST_CASE("an idle connection is closed, slow headers and slow bodies are told 408") {
  http::Options options;
  options.idle_timeout = Milliseconds{50};
  options.header_timeout = Milliseconds{50};
  options.body_timeout = Milliseconds{50};
  Fixture fixture{options};
  Client idle{fixture.port};
  CHECK(idle.is_ended());

  Client used{fixture.port};
  used.send(post("1"));
  CHECK(used.read().status == 200);
  CHECK(used.is_ended());

  Client slow_head{fixture.port};
  slow_head.send("POST /mcp HTTP/1.1\r\nHost: loc");
  CHECK(slow_head.read().status == 408);
  CHECK(slow_head.is_ended());

  Client slow_body{fixture.port};
  const auto request = post("[1,2,3]");
  slow_body.send(std::string_view{request}.substr(0, request.size() - 1));
  CHECK(slow_body.read().status == 408);
  CHECK(slow_body.is_ended());
  CHECK(fixture.receiver.count() == 1);
}

TEST_CASE("a header dribbled for ever does not buy more time") {
  http::Options options;
  options.header_timeout = Milliseconds{100};
  Fixture fixture{options};
  Client client{fixture.port};
  client.send("POST /mcp HTTP/1.1\r\n");
  std::promise<void> stop;
  std::thread dribble{[&client, stopped = stop.get_future()] {
    while (stopped.wait_for(std::chrono::milliseconds{5}) != std::future_status::ready) client.send("X: 1\r\n");
  }};
  const auto answer = client.read();
  stop.set_value();
  dribble.join();
  CHECK(answer.status == 408);
}

TEST_CASE("a call that takes long outlives the timeouts for clients") {
  http::Options options;
  options.idle_timeout = options.header_timeout = options.body_timeout = Milliseconds{20};
  Fixture fixture{options, true};
  Client client{fixture.port};
  client.send(post("1"));
  const auto received = fixture.receiver.next();
  Client witness{fixture.port};
  CHECK(witness.is_ended());  // by then the sweep has passed over both
  received.reply->answer({200, "1", 0});
  CHECK(client.read().status == 200);
}

TEST_CASE("a client that does not read its answer is given up") {
  http::Options options;
  options.body_timeout = Milliseconds{50};
  Fixture fixture{options, true};
  Client client{fixture.port};
  client.send(post("1"));
  fixture.receiver.next().reply->answer({200, std::string(64u << 20, 'x'), 0});
  Client witness{fixture.port};
  witness.send(post("1"));
  const auto received = fixture.receiver.next();
  CHECK(fixture.server->drain(Milliseconds{0}) == false);
  CHECK(client.read().body.size() < 64u << 20);
}

TEST_CASE("stopping closes idle connections, refuses new ones and ends the others with their answer") {
  Fixture fixture{{}, true};
  Client idle{fixture.port};
  Client busy{fixture.port};
  busy.send(post("1"));
  const auto received = fixture.receiver.next();
  fixture.server->stop_accepting();
  CHECK(idle.is_ended());
  CHECK_THROWS(Client{fixture.port});

  received.reply->answer({200, "1", 0});
  const auto answer = busy.read();
  CHECK(answer.status == 200);
  CHECK(answer.header("connection") == "close");
  CHECK(busy.is_ended());
  CHECK(fixture.server->drain(Milliseconds{20'000}));
}

TEST_CASE("draining waits for the answers in flight") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1"));
  auto received = fixture.receiver.next();
  auto drained = std::async(std::launch::async, [&fixture] { return fixture.server->drain(Milliseconds{20'000}); });
  std::thread{[&received] { received.reply->answer({200, "\"kept\"", 0}); }}.join();
  CHECK(client.read().body == "\"kept\"");
  CHECK(drained.get());
}

TEST_CASE("draining cuts what is not answered in time and says so") {
  Fixture fixture{{}, true};
  Client client{fixture.port};
  client.send(post("1"));
  const auto received = fixture.receiver.next();
  bool is_gone = false;
  received.reply->on_disconnect([&is_gone] { is_gone = true; });
  CHECK_FALSE(fixture.server->drain(Milliseconds{10}));
  CHECK(is_gone);
  CHECK(client.read().status == 0);
}

TEST_CASE("a request that is already in the socket when the server stops is answered") {
  Fixture fixture;
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 50; ++i) clients.push_back(std::make_unique<Client>(fixture.port));
  for (const auto& client : clients) client->send(post("1"));
  fixture.server->stop_accepting();
  int answered = 0;
  for (const auto& client : clients) answered += client->read().status == 200 ? 1 : 0;
  CHECK(answered == 50);
  CHECK(fixture.server->drain(Milliseconds{20'000}));
}

TEST_CASE("a server that never started stops without complaint") {
  SystemClock clock;
  metrics::Registry metrics;
  log::Logger log{{log::Level::error, {}}, clock, metrics};
  http::Server server{{}, nullptr, {}, log, metrics};
  server.stop_accepting();
  CHECK(server.drain(Milliseconds{0}));
}

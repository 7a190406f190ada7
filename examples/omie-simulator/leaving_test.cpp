// Callers that leave while Omie is at work: what it has accepted is finished, kept and shared, and never asked again
// before Omie allows it.
#include "bench.hpp"

#include <catch2/catch.hpp>

using namespace omie_simulator;

namespace {

// Asks on a thread of its own until told to leave.
class Visitor final {
 public:
  Visitor(Client& client, Request request)
      : thread_{[this, &client, request = std::move(request)]() mutable {
          request.stop = stop_.get_token();
          result_ = client.fetch(request);
        }} {}
  ~Visitor() {
    if (thread_.joinable()) thread_.join();
  }
  void leave() { stop_.request_stop(); }
  Result<Response> result() {
    thread_.join();
    return result_;
  }

 private:
  std::stop_source stop_;
  Result<Response> result_ = Response{};
  std::thread thread_;
};

void wait_until_asked(const Bench& bench, std::int64_t requests = 1) {
  while (bench.requests() < requests) std::this_thread::yield();
}

}  // namespace

TEST_CASE("a caller that leaves is answered at once, and the next one gets what Omie was working on", "[omie]") {
  Bench bench{slow_simulator(400)};
  const auto client = bench.client();
  Visitor first{*client, customers(1)};
  wait_until_asked(bench);
  first.leave();
  const auto left = first.result();
  REQUIRE_FALSE(left.has_value());
  CHECK(left.error().code == ErrorCode::cancelled);
  CHECK(bench.of("ListarClientes", "answers") == 0);
  const auto next = client->fetch(customers(1));
  REQUIRE(is_data(next));
  CHECK(next->is_shared);
  CHECK(bench.requests() == 1);
}

TEST_CASE("a caller whose time is over leaves its question to those who wait", "[omie]") {
  Bench bench{slow_simulator(400)};
  const auto client = bench.client();
  Visitor first{*client, customers(1, 150ms)};
  wait_until_asked(bench);
  Visitor follower{*client, customers(1)};
  const auto late = first.result();
  REQUIRE_FALSE(late.has_value());
  CHECK(late.error().code == ErrorCode::timeout);
  CHECK(is_data(follower.result()));
  CHECK(is_data(client->fetch(customers(1))));
  CHECK(bench.requests() == 1);
}

TEST_CASE("a caller that leaves before its turn sends nothing", "[omie]") {
  Bench bench{slow_simulator(300)};
  const auto client = bench.client();
  Visitor first{*client, movements(1)};  // one at a time of this method
  wait_until_asked(bench);
  Visitor second{*client, movements(2)};
  second.leave();
  CHECK(second.result().error().code == ErrorCode::cancelled);
  CHECK(is_data(first.result()));
  CHECK(is_data(client->fetch(movements(3))));
  CHECK(bench.of("ListarMovimentos", "requests") == 2);
}

TEST_CASE("a refused question is not sent again before its time, in no process, and others of its kind go on",
          "[omie]") {
  Bench bench;
  REQUIRE(is_data(bench.client()->fetch(customers(1))));
  Folder stranger;  // another installation on the same account
  Process elsewhere{bench.clock, stranger.path()}, beside{bench.clock, stranger.path()};
  const auto client = elsewhere.client({{"omie", bench.options}}), other = beside.client({{"omie", bench.options}});
  for (int time = 0; time < 8; ++time) {
    const auto refused = (time % 2 ? client : other)->fetch(customers(1, 5s));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::busy);
    CHECK_THAT(refused.error().message, Catch::Contains("the same question") && Catch::Contains("ListarClientes"));
    CHECK_THAT(refused.error().hint, Catch::Contains("try again in") && Catch::Contains(" s"));
  }
  CHECK(bench.refused("redundant") == 1);
  CHECK(is_data(client->fetch(customers(2))));
}

TEST_CASE("those who wait for a refused question share its time and send it once", "[omie]") {
  Options brief;
  brief.redundancy_seconds = 1;
  Bench bench{brief};
  REQUIRE(is_data(bench.client()->fetch(customers(1))));
  Folder stranger;
  Process elsewhere{bench.clock, stranger.path()};
  const auto client = elsewhere.client({{"omie", bench.options}});
  CHECK(ask_all({client.get()}, std::vector<Request>(10, customers(1))) == 10);
  CHECK(bench.refused("redundant") == 1);
  CHECK(bench.requests() == 3);
}

TEST_CASE("a question whose answer never came is not asked again inside Omie's minute", "[omie]") {
  Bench bench{slow_simulator(2'500)};
  bench.options.timeout = 800ms;
  const auto client = bench.client();
  const auto late = client->fetch(customers(1, 5s));
  REQUIRE_FALSE(late.has_value());
  CHECK(late.error().code == ErrorCode::timeout);
  CHECK_THAT(late.error().message, Catch::Contains("800 ms"));
  const auto again = client->fetch(customers(1, 5s));
  REQUIRE_FALSE(again.has_value());
  CHECK(again.error().code == ErrorCode::busy);
  CHECK_THAT(again.error().hint, Catch::Contains("try again in"));
  wait_until_asked(bench);
  CHECK(bench.requests() == 1);
}

TEST_CASE("the end of the process cuts what is on the wire, and the next process does not ask it again at once",
          "[omie]") {
  Bench bench{slow_simulator(1'500)};
  auto client = bench.client();
  Visitor first{*client, customers(1)};
  wait_until_asked(bench);
  first.leave();
  CHECK_FALSE(first.result().has_value());
  client.reset();
  CHECK(bench.of("ListarClientes", "answers") == 0);  // nobody waited for it
  Process restarted{bench.clock, bench.folder.path()};
  const auto refused = restarted.client({{"omie", bench.options}})->fetch(customers(1, 5s));
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::busy);
  CHECK(bench.requests() == 1);
}

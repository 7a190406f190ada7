// The upstream client against the simulator: limits, shared answers, waits and blocks, with Omie's own numbers unless a
// test says otherwise.
#include "bench.hpp"

#include <catch2/catch.hpp>

using namespace omie_simulator;

TEST_CASE("200 identical questions at once cause one request", "[omie]") {
  Bench bench{slow_simulator(300)};
  const auto client = bench.client();
  CHECK(ask_all({client.get()}, std::vector<Request>(200, customers(1))) == 200);
  CHECK(bench.requests() == 1);
}

TEST_CASE("three processes asking the same cause one request", "[omie]") {
  Bench bench{slow_simulator(100)};
  Process second{bench.clock, bench.folder.path()}, third{bench.clock, bench.folder.path()};
  const auto a = bench.client(), b = second.client({{"omie", bench.options}}),
             c = third.client({{"omie", bench.options}});
  CHECK(ask_all({a.get(), b.get(), c.get()}, std::vector<Request>(30, customers(1))) == 30);
  CHECK(bench.requests() == 1);
}

TEST_CASE("50 different questions at once are all answered within the limits", "[omie]") {
  Bench bench{slow_simulator(40)};
  const auto client = bench.client();
  std::vector<Request> requests;
  for (int page = 1; page <= 40; ++page) requests.push_back(customers(page));
  for (int page = 1; page <= 10; ++page) requests.push_back(movements(page));
  CHECK(ask_all({client.get()}, requests) == 50);
  CHECK(bench.requests() == 50);
  CHECK(bench.simulator.statistics().at("refused").get_object().empty());
  CHECK(bench.of("ListarClientes", "most_at_once") <= 4);
  CHECK(bench.of("ListarMovimentos", "most_at_once") == 1);
}

TEST_CASE("three processes together stay within the limits at once and per minute", "[omie]") {
  Options strict = slow_simulator(10);
  strict.per_method_minute = 20;
  strict.window_seconds = 1;
  Bench bench{strict};
  bench.options.per_minute = 20;
  bench.options.rate_window = 1s;
  Process second{bench.clock, bench.folder.path()}, third{bench.clock, bench.folder.path()};
  const auto a = bench.client(), b = second.client({{"omie", bench.options}}),
             c = third.client({{"omie", bench.options}});
  std::vector<Request> requests;
  for (int page = 1; page <= 50; ++page) requests.push_back(customers(page));
  CHECK(ask_all({a.get(), b.get(), c.get()}, requests) == 50);
  INFO(tomada::json::text(bench.simulator.statistics()));
  CHECK(bench.simulator.statistics().at("refused").get_object().empty());
  CHECK(bench.of("ListarClientes", "most_per_window") <= 20);
}

TEST_CASE("the second call is answered from what was kept, and says so", "[omie]") {
  Bench bench;
  const auto client = bench.client();
  const auto live = client->fetch(customers(1));
  REQUIRE(is_data(live));
  CHECK_FALSE(live->is_shared);
  Request again = customers(1);
  again.wants_fresh = true;  // not inside Omie's minute
  const auto kept = client->fetch(again);
  REQUIRE(is_data(kept));
  CHECK(kept->is_shared);
  CHECK(kept->body == live->body);
  CHECK(kept->status == 200);
  REQUIRE(kept->refresh_in);
  CHECK(*kept->refresh_in <= 60s);
  CHECK(bench.requests() == 1);
  Process restarted{bench.clock, bench.folder.path()};
  CHECK(restarted.client({{"omie", bench.options}})->fetch(customers(1))->is_shared);
  CHECK(bench.requests() == 1);
}

TEST_CASE("accounts never share an answer", "[omie]") {
  Bench bench;
  const auto client = bench.client();
  REQUIRE(is_data(client->fetch(customers(1))));
  Request other = customers(1);
  other.account = "987654321";
  other.body.replace(other.body.find("123456789"), 9, "987654321");
  const auto answer = client->fetch(other);
  REQUIRE(is_data(answer));
  CHECK_FALSE(answer->is_shared);
}

TEST_CASE("a question that somebody else asked a moment ago waits as long as Omie says", "[omie]") {
  Options brief;
  brief.redundancy_seconds = 1;
  Bench bench{brief};
  REQUIRE(is_data(bench.client()->fetch(customers(1))));
  Folder stranger;  // another installation on the same account
  Process elsewhere{bench.clock, stranger.path()};
  CHECK(is_data(elsewhere.client({{"omie", bench.options}})->fetch(customers(1))));
  CHECK(bench.refused("redundant") == 1);
}

TEST_CASE("a redundant question whose time is too short is told when to ask again", "[omie]") {
  Bench bench;
  REQUIRE(is_data(bench.client()->fetch(customers(1))));
  Folder stranger;
  Process elsewhere{bench.clock, stranger.path()};
  const auto refused = elsewhere.client({{"omie", bench.options}})->fetch(customers(1, 5s));
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::busy);
  CHECK(refused.error().hint.find("61 s") != std::string::npos);
  CHECK(bench.refused("redundant") == 1);
}

TEST_CASE("too many requests of others are waited for or told", "[omie]") {
  Options strict;
  strict.per_method_minute = 1;
  Bench bench{strict};
  const auto client = bench.client();
  REQUIRE(is_data(client->fetch(customers(1))));
  const auto refused = client->fetch(customers(2, 1s));
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::busy);
  const auto held = client->fetch(customers(3, 1s));
  REQUIRE_FALSE(held.has_value());
  CHECK(held.error().hint.find(" s") != std::string::npos);
  CHECK(bench.refused("rate") == 1);  // the second was not even sent
}

TEST_CASE("a block by the ERP stops everything that would prolong it", "[omie]") {
  Options harsh;
  harsh.error_limit = 3;
  Bench bench{harsh};
  const auto client = bench.client();
  for (int page = 901; page <= 903; ++page)
    CHECK(client->fetch(customers(page))->body.find("5113") != std::string::npos);
  const auto blocked = client->fetch(customers(1));
  REQUIRE_FALSE(blocked.has_value());
  CHECK(blocked.error().code == ErrorCode::unreachable);
  CHECK(blocked.error().message.find("blocked ListarClientes") != std::string::npos);
  const auto requests = bench.requests();
  const auto still = client->fetch(customers(2));
  REQUIRE_FALSE(still.has_value());
  CHECK(still.error().message.find("nothing was sent") != std::string::npos);
  CHECK(bench.requests() == requests);
  CHECK(is_data(client->fetch(movements(1))));  // other methods go on
  const auto health = bench.process.health.report().components.at(0).condition;
  CHECK(health.status == tomada::health::Status::degraded);
  CHECK(health.reason.find("ListarClientes is blocked") != std::string::npos);
}

TEST_CASE("a block that one process met stops the others of its state folder, also those that start later", "[omie]") {
  Options harsh;
  harsh.error_limit = 3;
  Bench bench{harsh};
  Process second{bench.clock, bench.folder.path()}, third{bench.clock, bench.folder.path()};
  const auto client = bench.client(), beside = second.client({{"omie", bench.options}});
  for (int page = 901; page <= 903; ++page) CHECK(client->fetch(customers(page)).has_value());
  CHECK_FALSE(client->fetch(customers(1)).has_value());  // here it hears of the block
  const auto requests = bench.requests();
  const auto later = third.client({{"omie", bench.options}});
  for (Client* other : {beside.get(), later.get()}) {
    const auto still = other->fetch(customers(2));
    REQUIRE_FALSE(still.has_value());
    CHECK_THAT(still.error().message, Catch::Contains("nothing was sent"));
    CHECK(second.health.report().components.at(0).condition.status == tomada::health::Status::degraded);
  }
  CHECK(bench.requests() == requests);
}

TEST_CASE("what one process was refused counts for all: together they stop before the ERP would block them", "[omie]") {
  Bench bench;
  Process second{bench.clock, bench.folder.path()};
  const auto first = bench.client(), other = second.client({{"omie", bench.options}});
  int sent = 0;
  for (int page = 901; page <= 912; ++page) sent += (page % 2 ? first : other)->fetch(customers(page)).has_value();
  CHECK(sent == 7);
  CHECK(bench.simulator.statistics().at("blocks").to_number<int>() == 0);
}

TEST_CASE("we stop asking before the ERP would block us", "[omie]") {
  Bench bench;
  const auto client = bench.client();
  int sent = 0;
  Result<Response> last = Response{};
  for (int page = 901; page <= 912; ++page) {
    last = client->fetch(customers(page));
    sent += last.has_value();
  }
  CHECK(sent == 7);
  REQUIRE_FALSE(last.has_value());
  CHECK(last.error().message.find("7 times in a row") != std::string::npos);
  CHECK(bench.simulator.statistics().at("blocks").to_number<int>() == 0);
}

TEST_CASE("no records is remembered, so that asking again costs no fault", "[omie]") {
  Bench bench;
  const auto client = bench.client();
  const auto nothing = client->fetch(customers(999));
  REQUIRE(nothing.has_value());
  CHECK(nothing->status == 500);
  CHECK(client->fetch(customers(999))->is_shared);
  CHECK(bench.requests() == 1);
}

// The upstream client against the simulator, with the real limits unless a test says otherwise.
#include "core/upstream/client.hpp"

#include "simulator.hpp"

#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "tests/unit/upstream/folder.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using omie_simulator::Options;
using omie_simulator::Simulator;
using omie_simulator::Trouble;
using tomada::ErrorCode;
using tomada::Milliseconds;
using tomada::Result;
using tomada::SteadyTime;
using tomada::test::Folder;
using tomada::test::Process;
using tomada::upstream::Client;
using tomada::upstream::Request;
using tomada::upstream::Response;
using tomada::upstream::UpstreamOptions;

namespace {

constexpr const char* secret = "0123456789abcdef0123456789abcdef";

struct Bench {
  explicit Bench(Options with = {}) : simulator{prepared(with)} {
    if (!simulator.listen()) throw std::runtime_error("no port");
    simulator.start();
    options.url = simulator.url();
    options.kind = "omie";
  }
  static Options prepared(Options options) {
    options.port = 0;
    options.today = "21/11/2026";
    return options;
  }
  std::unique_ptr<Client> client() { return process.client({{"omie", options}}); }

  [[nodiscard]] std::int64_t requests() const {
    return simulator.statistics().at("requests").to_number<std::int64_t>();
  }
  [[nodiscard]] std::int64_t refused(const char* kind) const {
    const auto statistics = simulator.statistics();
    const auto* found = statistics.at("refused").get_object().if_contains(kind);
    return found ? found->to_number<std::int64_t>() : 0;
  }
  [[nodiscard]] std::int64_t of(const char* call, const char* what) const {
    return simulator.statistics().at("methods").at(call).at(what).to_number<std::int64_t>();
  }

  Simulator simulator;
  UpstreamOptions options;
  Folder folder;
  tomada::SystemClock clock;
  Process process{clock, folder.path()};
};

Request question(const std::string& call, const std::string& path, const std::string& parameters,
                 Milliseconds time = 120s) {
  Request out;
  out.upstream = "omie";
  out.path = path;
  out.method = call;
  out.account = "123456789";
  out.cache_key = parameters;
  out.is_idempotent = true;
  out.deadline = std::chrono::steady_clock::now() + time;
  out.body = "{\"call\":\"" + call + "\",\"app_key\":\"123456789\",\"app_secret\":\"" + secret + "\",\"param\":[" +
             parameters + "]}";
  return out;
}

Request customers(int page, Milliseconds time = 120s) {
  return question("ListarClientes", "geral/clientes/",
                  "{\"pagina\":" + std::to_string(page) + ",\"registros_por_pagina\":2}", time);
}

Request movements(int page, Milliseconds time = 120s) {
  return question("ListarMovimentos", "financas/mf/", "{\"nPagina\":" + std::to_string(page) + ",\"nRegPorPagina\":2}",
                  time);
}

bool is_data(const Result<Response>& response) {
  const auto body = response ? tomada::json::read(response->body) : tomada::json::read("");
  return body && body->is_object() && !body->get_object().contains("faultstring");
}

// Asks all at once; how many got data.
int ask_all(const std::vector<Client*>& clients, const std::vector<Request>& requests) {
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < requests.size(); ++i)
    threads.emplace_back([&, i] { good += is_data(clients[i % clients.size()]->fetch(requests[i])); });
  for (auto& thread : threads) thread.join();
  return good;
}

Options slow_simulator(long ms) {
  Options out;
  out.latency_base = Milliseconds{ms};
  return out;
}

}  // namespace

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

TEST_CASE("every trouble of the ERP is told in words that name it, and nothing of it is kept", "[omie]") {
  Options forgiving;
  forgiving.redundancy_seconds = 0;
  Bench bench{forgiving};
  bench.options.retries = 0;
  bench.options.breaker_failures = 0;
  const auto client = bench.client();
  int page = 0;
  for (const Trouble trouble : {Trouble::html, Trouble::truncate, Trouble::drop, Trouble::http500}) {
    bench.simulator.trouble(trouble, 1);
    const auto failed = client->fetch(customers(++page));
    INFO(static_cast<int>(trouble));
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error().code == ErrorCode::unreachable);
    CHECK(failed.error().message.find("omie") != std::string::npos);
    CHECK_FALSE(failed.error().hint.empty());
    CHECK(failed.error().text().find(secret) == std::string::npos);
  }
  for (; page > 0; --page) CHECK(is_data(client->fetch(customers(page))));  // none of them was kept
}

TEST_CASE("trouble that passes is retried and not seen", "[omie]") {
  Options forgiving;
  forgiving.redundancy_seconds = 0;
  Bench bench{forgiving};
  const auto client = bench.client();
  for (const Trouble trouble : {Trouble::html, Trouble::drop}) {
    bench.simulator.trouble(trouble, 1);
    const int before = static_cast<int>(bench.requests());
    CHECK(is_data(client->fetch(customers(before + 1))));
    CHECK(bench.requests() == before + 2);
  }
}

TEST_CASE("what is not idempotent is never sent twice", "[omie]") {
  Options forgiving;
  forgiving.redundancy_seconds = 0;
  Bench bench{forgiving};
  const auto client = bench.client();
  bench.simulator.trouble(Trouble::drop, 1);
  Request once = customers(1);
  once.is_idempotent = false;
  CHECK_FALSE(client->fetch(once).has_value());
  CHECK(bench.requests() == 1);
}

TEST_CASE("a fault is handed to the caller, also inside HTTP 200, and is not kept", "[omie]") {
  Options forgiving;
  forgiving.redundancy_seconds = 0;
  Bench bench{forgiving};
  const auto client = bench.client();
  bench.simulator.trouble(Trouble::fault200, 1);
  const auto fault = client->fetch(customers(1));
  REQUIRE(fault.has_value());
  CHECK(fault->body.find("faultstring") != std::string::npos);
  CHECK(is_data(client->fetch(customers(1))));
}

TEST_CASE("an answer that drips is cut off when the caller's time is over", "[omie]") {
  Bench bench;
  const auto client = bench.client();
  bench.simulator.trouble(Trouble::slow, 1);
  const auto late = client->fetch(customers(1, 400ms));  // the whole answer would take minutes
  REQUIRE_FALSE(late.has_value());
  CHECK(late.error().code == ErrorCode::timeout);
  CHECK(late.error().message.find("omie") != std::string::npos);
}

TEST_CASE("an answer that drips is cut off after the upstream's own time", "[omie]") {
  Bench bench;
  bench.options.timeout = 300ms;
  const auto client = bench.client();
  bench.simulator.trouble(Trouble::slow, 1);
  const auto late = client->fetch(customers(1));
  REQUIRE_FALSE(late.has_value());
  CHECK(late.error().code == ErrorCode::timeout);
  CHECK(late.error().message.find("300 ms") != std::string::npos);
  CHECK(bench.process.metrics.value("tomada_upstream_consecutive_failures", {{"upstream", "omie"}}) == 1.0);
}

TEST_CASE("a caller that gives up is answered at once, and its followers are not harmed", "[omie]") {
  Options forgiving = slow_simulator(300);
  forgiving.redundancy_seconds = 0;
  Bench bench{forgiving};
  const auto client = bench.client();
  std::stop_source stop;
  Request leading = customers(1);
  leading.stop = stop.get_token();
  std::atomic<bool> was_cancelled{false}, was_answered{false};
  std::thread leader{[&] {
    const auto result = client->fetch(leading);
    was_cancelled = !result && result.error().code == ErrorCode::cancelled;
  }};
  while (bench.requests() == 0) std::this_thread::yield();
  std::thread follower{[&] { was_answered = is_data(client->fetch(customers(1))); }};
  stop.request_stop();
  leader.join();
  follower.join();
  CHECK(was_cancelled);
  CHECK(was_answered);
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

TEST_CASE("an upstream that is gone opens the breaker, shows in health, and heals", "[omie]") {
  Folder folder;
  tomada::SystemClock clock;
  Process process{clock, folder.path()};
  UpstreamOptions options;
  options.kind = "omie";
  options.breaker_failures = 2;
  options.breaker_pause = 1ms;
  options.retries = 0;
  int port = 0;
  {
    Simulator gone{Bench::prepared({})};
    REQUIRE(gone.listen());
    gone.start();
    port = gone.port();
  }
  options.url = "http://127.0.0.1:" + std::to_string(port) + "/api/v1/";
  const auto client = process.client({{"omie", options}});
  for (int page = 1; page <= 2; ++page) {
    const auto failed = client->fetch(customers(page));
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error().code == ErrorCode::unreachable);
    CHECK(failed.error().where == "upstream.omie");
  }
  const auto report = process.health.report();
  REQUIRE(report.components.size() == 1);
  CHECK(report.components[0].name == "upstream.omie");
  CHECK(report.components[0].condition.status == tomada::health::Status::unhealthy);
  Options back;
  back.port = port;
  Simulator returned{back};
  REQUIRE(returned.listen());
  returned.start();
  std::this_thread::sleep_for(20ms);  // real clock: the pause of the breaker
  CHECK(is_data(client->fetch(customers(3))));
  CHECK(process.health.report().components[0].condition.status == tomada::health::Status::healthy);
  CHECK(process.metrics.value("tomada_upstream_breaker_state", {{"upstream", "omie"}}) == 0.0);
}

TEST_CASE("a private address is not reached when that is forbidden", "[omie]") {
  Bench bench;
  bench.options.allow_private = false;
  const auto refused = bench.client()->fetch(customers(1));
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::unreachable);
  CHECK(refused.error().message.find("private") != std::string::npos);
  CHECK(bench.requests() == 0);
}

TEST_CASE("what the configuration says wrongly is refused with its place", "[omie]") {
  Folder folder;
  tomada::SystemClock clock;
  Process process{clock, folder.path()};
  UpstreamOptions options;
  options.url = "app.omie.com.br";
  CHECK_THROWS_WITH(process.client({{"omie", options}}), Catch::Contains("upstream.omie.url"));
  options.url = "https://app.omie.com.br/api/v1/";
  options.kind = "omei";
  CHECK_THROWS_WITH(process.client({{"omie", options}}), Catch::Contains("upstream.omie.kind"));
  options.kind = "omie";
  Request other = customers(1);
  other.upstream = "other";
  const auto missing = process.client({{"omie", options}})->fetch(other);
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().code == ErrorCode::not_found);
}

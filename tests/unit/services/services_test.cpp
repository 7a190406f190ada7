// Each host service as a plugin sees it: through a real shared object.
#include "tests/unit/services/test_host.hpp"

#include <fstream>
#include <iterator>
#include <mutex>

using namespace tomada;
using namespace tomada::services::test;

namespace {

const json::value fetch_omie{{"upstream", "omie"}, {"timeout_ms", 0}};

upstream::Response answered(WallTime read_at) {
  upstream::Response out;
  out.status = 200;
  out.headers = {{"Content-Type", "application/json"}, {"Warning", "a"}, {"warning", "b"}};
  out.body = R"({"clients": []})";
  out.is_shared = true;
  out.read_at = read_at;
  out.age = Milliseconds{3000};
  out.refresh_in = Milliseconds{57'000};
  return out;
}

}  // namespace

TEST_CASE("config: an instance reads its own section") {
  TestHost host{{{"colour", "blue"}}};
  CHECK(host.ask("config") == json::object{{"colour", "blue"}});
}

TEST_CASE("services: an instance gets what its manifest asks for, or only what was granted") {
  TestHost whole;
  for (const auto& offer : whole.ask("offers")) CHECK(offer.value() == true);

  TestHost little{{}, {"tomada.store/1"}};
  const auto offers = little.ask("offers");
  CHECK(offers.at("tomada.store/1") == true);
  CHECK(offers.at("tomada.http/1") == false);
  CHECK(offers.at("tomada.alerts/1") == false);
  CHECK(little.call("health_report").message ==
        "this plugin was not granted tomada.health_read/1; add it to the instance's services");
}

TEST_CASE("store: records are kept in a space of the instance's own") {
  TestHost host;
  REQUIRE(host.store->put("plugin.other", "key", "not yours"));
  const auto out = host.ask("store", {{"key", "key"}, {"value", "v"}, {"ttl_ms", 0}});
  CHECK(out.at("saved") == true);
  CHECK(out.at("loaded") == "v");
  CHECK(out.at("absent") == true);
  CHECK(out.at("records") == json::array{"key"});
  CHECK(host.store->get("plugin.mine", "key")->value() == "v");

  const auto gone = host.ask("store", {{"key", "key"}, {"value", "w"}, {"ttl_ms", 0}, {"erase", true}});
  CHECK(gone.at("erased") == true);
  CHECK_FALSE(host.store->get("plugin.mine", "key")->has_value());
  CHECK(host.store->get("plugin.other", "key")->value() == "not yours");
}

TEST_CASE("store: a record with a time to live goes when it is over") {
  TestHost host;
  (void)host.ask("store", {{"key", "key"}, {"value", "v"}, {"ttl_ms", 500}});
  CHECK(host.store->get("plugin.mine", "key")->has_value());
  host.clock.advance(Milliseconds{501});
  CHECK_FALSE(host.store->get("plugin.mine", "key")->has_value());
}

TEST_CASE("http: a request carries the call's deadline, trace and account") {
  TestHost host{{{"upstream", "omie"}}};
  host.upstreams.response = answered(host.clock.wall_now() - Milliseconds{3000});
  host.traceparent = "00-0123456789abcdef0123456789abcdef-00f067aa0ba902b7-00";
  const auto out = host.ask("fetch", fetch_omie);
  CHECK(out.at("status") == 200);
  CHECK(out.at("body") == R"({"clients": []})");
  CHECK(out.at("content-type") == "application/json");
  CHECK(out.at("warning") == "a, b");
  CHECK(out.at("is_shared") == true);

  REQUIRE(host.upstreams.requests.size() == 1);
  const auto& request = host.upstreams.requests.front();
  CHECK(request.upstream == "omie");
  CHECK(request.http_method == "POST");
  CHECK(request.path == "clients/");
  CHECK(request.headers == std::vector<std::pair<std::string, std::string>>{{"Accept", "application/json"}});
  CHECK(request.account == "secret-key");
  CHECK(request.method == "ListClients");
  CHECK(request.cache_key == "page=1");
  CHECK(request.is_idempotent);
  CHECK_FALSE(request.wants_fresh);
  CHECK(request.deadline == host.clock.steady_now() + Milliseconds{2000});
  CHECK(host.upstreams.could_be_stopped);
  CHECK(request.traceparent.substr(0, 36) == "00-0123456789abcdef0123456789abcdef-");
  CHECK(request.traceparent.size() == 55);
  CHECK(request.traceparent.ends_with("-00"));
  CHECK(request.traceparent != host.traceparent);
}

TEST_CASE("http: the request's own time limit counts when it is the shorter") {
  TestHost host{{{"upstream", "omie"}}};
  host.upstreams.response = answered(host.clock.wall_now());
  (void)host.ask("fetch", {{"upstream", "omie"}, {"timeout_ms", 100}});
  (void)host.ask("fetch", {{"upstream", "omie"}, {"timeout_ms", 60'000}});
  (void)host.ask("fetch", {{"upstream", "omie"}, {"timeout_ms", 0}, {"background", true}});
  CHECK(host.upstreams.requests[0].deadline == host.clock.steady_now() + Milliseconds{100});
  CHECK(host.upstreams.requests[1].deadline == host.clock.steady_now() + Milliseconds{2000});
  CHECK_FALSE(host.upstreams.requests[2].deadline);
}

TEST_CASE("http: the answer of a call discloses the age of what it read upstream") {
  TestHost host{{{"upstream", "omie"}}};
  host.upstreams.response = answered(host.clock.wall_now() - Milliseconds{3000});
  const auto outcome = host.call("fetch", fetch_omie);
  CHECK(outcome.freshness.source == "fake");
  CHECK(outcome.freshness.age == Milliseconds{3000});
  CHECK(outcome.freshness.refresh_in == Milliseconds{57'000});
  CHECK(outcome.freshness.as_of == rfc3339(host.clock.wall_now() - Milliseconds{3000}));
  CHECK(outcome.freshness.origin == registry::Origin::cache);  // nothing was sent for it
  host.upstreams.response->is_shared = false;
  CHECK(host.call("fetch", fetch_omie).freshness.origin == registry::Origin::live);
}

TEST_CASE("http: an upstream that the settings do not name is out of reach") {
  TestHost host{{{"upstreams", {"bank", "post"}}}};
  host.upstreams.response = answered(host.clock.wall_now());
  CHECK(host.ask("fetch", {{"upstream", "post"}, {"timeout_ms", 0}}).at("status") == 200);
  const auto out = host.ask("fetch", fetch_omie);
  CHECK(out.at("status") == 0);
  CHECK(out.at("body") ==
        "the plugin \"mine\" was not given the upstream \"omie\" (name it in [plugin.mine]: upstream = \"omie\")");
  CHECK(host.upstreams.requests.size() == 1);
}

TEST_CASE("http: a failure is a status of 0 with the reason and the next step") {
  TestHost host{{{"upstream", "omie"}}};
  const auto out = host.ask("fetch", fetch_omie);
  CHECK(out.at("status") == 0);
  CHECK(out.at("body") == "the limit of \"omie\" is reached (retry in 12 s)");
  host.upstreams.must_throw = true;
  CHECK(host.ask("fetch", fetch_omie).at("body") == "the request failed; the server's log says why");
}

TEST_CASE("metrics: a plugin's instruments carry its name, and a wrong name is refused without harm") {
  TestHost host;
  CHECK(host.ask("metrics") == json::object{{"calls", 1.0}, {"level", 0.25}});
  CHECK(host.ask("metrics").at("calls") == 3.0);  // 1.5 twice
  CHECK(host.metrics.value("test_services_calls_total", {{"plugin", "mine"}}) == 3.0);
  CHECK(host.metrics.exposition().find("Not A Name") == std::string::npos);
}

TEST_CASE("metrics: the host's own names are not a plugin's to take") {
  TestHost host;
  (void)host.ask("metrics");
  CHECK(host.metrics.value("tomada_plugin_misbehaviour_total") == 0.0);
  CHECK_FALSE(host.metrics.value("tomada_calls_in_flight"));
  CHECK_FALSE(host.metrics.value("mcp_server_level_ratio"));
  std::ifstream file{host.folder.path / "log"};
  const std::string lines{std::istreambuf_iterator<char>{file}, {}};
  CHECK(lines.find("tomada_calls_in_flight") != std::string::npos);
}

TEST_CASE("health_read: a plugin sees the host's whole report") {
  TestHost host;
  host.health.set("storage", true, {health::Status::unhealthy, "the disk is full", "free some space", {}});
  const auto report = host.ask("health_report");
  CHECK(report.at("status") == "unhealthy");
  CHECK(report.at("components").at("storage").at("reason") == "the disk is full");
}

TEST_CASE("alerts: requests reach the engine, and its refusals the model") {
  TestHost host;
  const json::value list{{"operation", "list"}, {"arguments", json::object{}}};
  CHECK_FALSE(host.ask("alerts", list).empty());
  const auto refused = host.call("alerts", {{"operation", "dance"}, {"arguments", json::object{}}});
  CHECK(refused.kind == OutcomeKind::tool_error);
  CHECK(refused.message.find("dance") != std::string::npos);
}

TEST_CASE("clock and log: a plugin reads the host's clock and writes lines that name it") {
  TestHost host;
  host.clock.advance(Milliseconds{250});
  const auto out = host.ask("clock");
  CHECK(out.at("unix_ms") == 1'792'000'000'250);
  CHECK(out.at("steady_ms") == 3'600'250);
  CHECK(out.at("started_at_ms") == 1'792'000'000'000);
  CHECK(out.at("instance") == "mine");
  CHECK(out.at("version") == "9.9.9");
  std::ifstream file{host.folder.path / "log"};
  const std::string lines{std::istreambuf_iterator<char>{file}, {}};
  CHECK(lines.find(R"("message":"somebody asked for the time","plugin":"mine")") != std::string::npos);
}

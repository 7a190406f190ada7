#include "core/config/config.hpp"

#include "tests/unit/config/support.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using tomada::config::Config;
using tomada::config::test::parsed;

namespace config = tomada::config;

TEST_CASE("Without a file there are the four plugins, loopback, and the built-in roles") {
  const Config found = config::defaults();
  CHECK(found.http.listen == "127.0.0.1:8420");
  CHECK(found.language == "en");
  REQUIRE(found.plugins.size() == 4);
  for (const char* name : {"erp", "system", "health", "alerts"}) {
    CHECK(found.plugins.at(name).is_enabled);
    CHECK(found.plugins.at(name).use == name);
  }
  CHECK(found.roles.at("default").has_every_read_only_tool);
  CHECK(found.roles.at("local").tools == std::vector<std::string>{"*"});
  CHECK(found.stdio_roles == std::vector<std::string>{"local"});
  CHECK(found.receivers.at("log").kind == "log");
  CHECK(found.upstreams.empty());
}

TEST_CASE("An empty file means the defaults") {
  const Config found = parsed("");
  CHECK(found.source == "tomada.toml");
  CHECK(found.plugins.size() == 4);
  CHECK(found.call_timeout == 60s);
}

TEST_CASE("Every plain key arrives in its field") {
  const Config found = parsed(R"(
language = "pt-BR"
log_level = "debug"
log_file = "/var/log/tomada.log"
workers = 12
call_timeout = "90s"
[cache]
max_bytes = "8MB"
[http]
listen = "0.0.0.0:9000"
allowed_origins = ["https://chat.example.com"]
allowed_hosts = ["mcp.example.com"]
metrics_listen = "[::1]:9464"
max_body = 1048576
threads = 2
drain = "500ms"
sse = true
ping_interval = "30s"
[stdio]
roles = []
[alerts]
interval = "1m"
)");
  CHECK(found.language == "pt-BR");
  CHECK(found.log_level == "debug");
  CHECK(found.log_file == "/var/log/tomada.log");
  CHECK(found.workers == 12);
  CHECK(found.call_timeout == 90s);
  CHECK(found.cache_bytes == 8u << 20);
  CHECK(found.http.listen == "0.0.0.0:9000");
  CHECK(found.http.allowed_origins == std::vector<std::string>{"https://chat.example.com"});
  CHECK(found.http.allowed_hosts == std::vector<std::string>{"mcp.example.com"});
  CHECK(found.http.metrics_listen == "[::1]:9464");
  CHECK(found.http.max_body_bytes == 1u << 20);
  CHECK(found.http.threads == 2);
  CHECK(found.http.drain == 500ms);
  CHECK(found.http.has_sse);
  CHECK(found.http.ping_interval == 30s);
  CHECK(found.stdio_roles.empty());
  CHECK(found.alert_interval == 60s);
}

TEST_CASE("An upstream of one's own has plain defaults and what its section says") {
  const auto found = parsed(R"(
[upstream.shop]
url = "http://127.0.0.1:9999/api/"
max_concurrent = 2
per_minute = 30
timeout = "10s"
retries = 0
allow_private = false
[upstream.shop.method.Search]
per_minute = 5
)")
                         .upstreams.at("shop");
  CHECK(found.name == "shop");
  CHECK(found.kind.empty());
  CHECK(found.url == "http://127.0.0.1:9999/api/");
  CHECK(found.max_concurrent == 2);
  CHECK(found.per_minute == 30);
  CHECK(found.timeout == 10s);
  CHECK(found.connect_timeout == 3s);
  CHECK(found.response_window == 0s);
  CHECK(found.retries == 0);
  CHECK_FALSE(found.allow_private);
  CHECK(found.methods.at("Search").per_minute == 5);
  CHECK(found.methods.at("Search").max_concurrent == 0);
}

TEST_CASE("An upstream named omie knows Omie's address and limits") {
  const auto found = parsed("[upstream.omie]\n").upstreams.at("omie");
  CHECK(found.kind == "omie");
  CHECK(found.url == "https://app.omie.com.br/api/v1/");
  CHECK(found.max_concurrent == 4);
  CHECK(found.per_minute == 216);
  CHECK(found.per_minute_total == 864);
  CHECK(found.response_window == 60s);
  CHECK(found.methods.at("ListarContasReceber").max_concurrent == 1);
  CHECK(found.methods.size() == 5);
}

TEST_CASE("Another upstream of Omie's kind has its limits too, and its section still wins") {
  const auto found = parsed(R"(
[upstream.simulator]
kind = "omie"
url = "http://127.0.0.1:8500/api/v1/"
per_minute = 1000
[upstream.simulator.method.ListarPedidos]
per_minute = 10
)")
                         .upstreams.at("simulator");
  CHECK(found.kind == "omie");
  CHECK(found.url == "http://127.0.0.1:8500/api/v1/");
  CHECK(found.per_minute == 1000);
  CHECK(found.methods.at("ListarPedidos").max_concurrent == 1);
  CHECK(found.methods.at("ListarPedidos").per_minute == 10);
}

TEST_CASE("A plugin's section is split into the host's keys and the plugin's own") {
  const auto found = parsed(R"(
language = "en"
[plugin.filial]
use = "erp"
prefix = "filial_"
services = ["tomada.http/1"]
source = "omie"
[plugin.filial.limits]
rows = 50
)")
                         .plugins;
  const auto& filial = found.at("filial");
  CHECK(filial.use == "erp");
  CHECK(filial.prefix == "filial_");
  CHECK(filial.is_enabled);
  CHECK(filial.services == std::vector<std::string>{"tomada.http/1"});
  CHECK(filial.line == 3);
  const tomada::json::object expected{{"source", "omie"}, {"limits", {{"rows", 50}}}};
  CHECK(filial.settings == expected);
}

TEST_CASE("Naming one plugin switches off none of the others") {
  const auto found = parsed("[plugin.erp]\nsource = \"demo\"\n").plugins;
  REQUIRE(found.size() == 4);
  for (const auto& [name, plugin] : found) CHECK(plugin.is_enabled);
}

TEST_CASE("A plugin is switched off by saying so") {
  const auto found = parsed("[plugin.alerts]\nenabled = false\n").plugins;
  CHECK_FALSE(found.at("alerts").is_enabled);
  CHECK(found.at("erp").is_enabled);
}

TEST_CASE("Roles are read, and a default of one's own replaces the built-in") {
  const auto found = parsed(R"(
[role.finance]
tools = ["erp_*", "health_*"]
[role.default]
tools = []
[stdio]
roles = ["finance"]
)");
  CHECK(found.roles.at("finance").tools == std::vector<std::string>{"erp_*", "health_*"});
  CHECK_FALSE(found.roles.at("default").has_every_read_only_tool);
  CHECK(found.roles.at("default").tools.empty());
  CHECK(found.roles.contains("local"));
  CHECK(found.stdio_roles == std::vector<std::string>{"finance"});
}

TEST_CASE("A receiver with an address is a webhook, and log is always there") {
  const auto found = parsed("[alerts.receiver.slack]\nurl = \"https://hooks.example.com/x\"\n").receivers;
  CHECK(found.at("slack").kind == "webhook");
  CHECK(found.at("slack").url == "https://hooks.example.com/x");
  CHECK(found.at("log").kind == "log");
}

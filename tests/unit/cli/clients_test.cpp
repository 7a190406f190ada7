#include "core/cli/clients.hpp"

#include "core/json/writer.hpp"

#include <catch2/catch.hpp>

using namespace tomada;
using namespace tomada::cli;

namespace {

std::string shown(std::string_view client, std::string_view via) {
  return json::text(client_configuration(client, via, Launch{"/opt/tomada", {"--config", "/etc/my tomada.toml"}}));
}

}  // namespace

TEST_CASE("each client gets the shape it reads") {
  CHECK(shown("claude-desktop", "local") ==
        R"({"mcpServers":{"tomada":{"command":"/opt/tomada","args":["stdio","--config","/etc/my tomada.toml"]}}})");
  CHECK(shown("claude-code", "http") ==
        R"({"mcpServers":{"tomada":{"type":"http","url":"http://127.0.0.1:8420/mcp"}}})");
  CHECK(shown("cursor", "http") == R"({"mcpServers":{"tomada":{"url":"http://127.0.0.1:8420/mcp"}}})");
  CHECK(
      shown("vscode", "local") ==
      R"({"servers":{"tomada":{"type":"stdio","command":"/opt/tomada","args":["stdio","--config","/etc/my tomada.toml"]}}})");
}

TEST_CASE("over ssh the remote shell gets each word quoted") {
  CHECK(shown("cursor", "ssh").find(R"('/opt/tomada' stdio '--config' '/etc/my tomada.toml')") != std::string::npos);
}

TEST_CASE("pretty text keeps every value") {
  CHECK(pretty(json::value{{"a", {1, "x"}}, {"b", json::object{}}}) ==
        "{\n  \"a\": [\n    1,\n    \"x\"\n  ],\n  \"b\": {}\n}");
}

#include "core/cli/clients.hpp"

#include "core/json/writer.hpp"

#include <catch2/catch.hpp>

using namespace tomada;
using namespace tomada::cli;

namespace {

std::string shown(std::string_view client, std::string_view via, bool needs_key = false) {
  Launch launch;
  launch.needs_key = needs_key;
  launch.program = "/opt/tomada";
  launch.config = "/etc/my tomada.toml";
  return json::text(client_configuration(client, via, launch));
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

TEST_CASE("where a key is needed each client sends one, named in the way that it resolves and never written out") {
  CHECK(shown("claude-code", "http", true) ==
        R"({"mcpServers":{"tomada":{"type":"http","url":"http://127.0.0.1:8420/mcp",)"
        R"("headers":{"Authorization":"Bearer ${TOMADA_API_KEY}"}}}})");
  CHECK(shown("cursor", "http", true) == R"({"mcpServers":{"tomada":{"url":"http://127.0.0.1:8420/mcp",)"
                                         R"("headers":{"Authorization":"Bearer ${env:TOMADA_API_KEY}"}}}})");
  CHECK(
      shown("vscode", "http", true) ==
      R"({"servers":{"tomada":{"type":"http","url":"http://127.0.0.1:8420/mcp",)"
      R"("headers":{"Authorization":"Bearer ${input:tomada-api-key}"}}},)"
      R"("inputs":[{"id":"tomada-api-key","type":"promptString","description":"API key of tomada","password":true}]})");
  CHECK(shown("inspector", "http", true) ==
        R"({"mcpServers":{"tomada":{"type":"streamable-http","url":"http://127.0.0.1:8420/mcp",)"
        R"("headers":{"Authorization":"Bearer PASTE-THE-KEY-HERE"}}}})");
  CHECK(shown("claude-desktop", "http", true) ==
        R"({"mcpServers":{"tomada":{"command":"npx","args":["-y","mcp-remote","http://127.0.0.1:8420/mcp",)"
        R"("--header","Authorization:${AUTHORIZATION}"],"env":{"AUTHORIZATION":"Bearer PASTE-THE-KEY-HERE"}}}})");
}

TEST_CASE("a program that needs a key finds it in its environment, in a container too") {
  CHECK(shown("cursor", "local", true) ==
        R"({"mcpServers":{"tomada":{"command":"/opt/tomada","args":["stdio","--config","/etc/my tomada.toml"],)"
        R"("env":{"TOMADA_API_KEY":"${env:TOMADA_API_KEY}"}}}})");
  const auto docker = shown("claude-desktop", "docker", true);
  CHECK_THAT(docker, Catch::Contains(R"("-e","TOMADA_API_KEY")"));
  CHECK_THAT(docker, Catch::Contains(R"("env":{"TOMADA_API_KEY":"PASTE-THE-KEY-HERE"})"));
}

TEST_CASE("over ssh the remote shell gets each word quoted") {
  CHECK(shown("cursor", "ssh").find(R"('/opt/tomada' stdio '--config' '/etc/my tomada.toml')") != std::string::npos);
}

TEST_CASE("a container gets everything that was named, mounted where it looks") {
  Launch launch;
  CHECK(json::text(client_configuration("cursor", "docker", launch)) ==
        R"({"mcpServers":{"tomada":{"command":"docker","args":["run","--rm","-i",)"
        R"("-v","tomada-state:/var/lib/tomada","tomada","stdio"]}}})");
  launch.config = "/etc/my tomada.toml";
  launch.variables = {"OMIE_APP_KEY", "OMIE_APP_SECRET"};
  launch.state = "/srv/state";
  launch.plugins = {"/srv/a", "/srv/b"};
  launch.log_level = "debug";
  CHECK(json::text(client_configuration("cursor", "docker", launch)) ==
        R"({"mcpServers":{"tomada":{"command":"docker","args":["run","--rm","-i",)"
        R"("-v","/srv/state:/var/lib/tomada","-v","/etc/my tomada.toml:/etc/tomada.toml:ro",)"
        R"("-e","OMIE_APP_KEY","-e","OMIE_APP_SECRET","-v","/srv/a:/plugins/0:ro","-v","/srv/b:/plugins/1:ro",)"
        R"("tomada","stdio","--config","/etc/tomada.toml","--plugins","/plugins/0","--plugins","/plugins/1",)"
        R"("--log-level","debug"]}}})");
}

TEST_CASE("the URL for clients is the address that the server listens on") {
  CHECK(url_of("127.0.0.1:9000", false) == "http://127.0.0.1:9000/mcp");
  CHECK(url_of("0.0.0.0:9000", false) == "http://127.0.0.1:9000/mcp");
  CHECK(url_of("[::]:9000", false) == "http://[::1]:9000/mcp");
  CHECK(url_of("[fd00::1]:9000", false) == "http://[fd00::1]:9000/mcp");
  CHECK(url_of("erp.example.com:80", false) == "http://erp.example.com:80/mcp");
  CHECK(url_of("erp.example.com:443", true) == "https://erp.example.com:443/mcp");
}

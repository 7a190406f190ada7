// Who may come in, and how often they may ask.
#include "tests/unit/config/support.hpp"

using namespace tomada::config;
using namespace tomada::config::test;
using Catch::Contains;

namespace {

const std::string key = "0123456789abcdef0123456789abcdef";

}  // namespace

TEST_CASE("Without a section nobody is asked on loopback and nothing is counted") {
  const auto found = parsed("");
  CHECK_FALSE(found.auth.is_required);
  CHECK_FALSE(found.http.is_insecure);
  CHECK(found.auth.keys.empty());
  CHECK(found.limits.principal == 0);
  CHECK(found.limits.tools.empty());
}

TEST_CASE("A key of the configuration has a holder; its name is the subject that is not given") {
  const auto found =
      parsed("[auth]\nrequired = true\n[role.sales]\ntools = [\"*\"]\n[auth.key.bot]\nkey = \"" + key +
             "\"\nroles = [\"sales\"]\n[auth.key.ana]\nkey = \"" + key + "x\"\nsubject = \"Ana\"\ntenant = \"acme\"\n");
  CHECK(found.auth.is_required);
  const auto& bot = found.auth.keys.at("bot");
  CHECK(bot.key == key);
  CHECK(bot.subject == "bot");
  CHECK(bot.tenant == "default");
  CHECK(bot.roles == std::vector<std::string>{"sales"});
  CHECK(found.auth.keys.at("ana").subject == "Ana");
  CHECK(found.auth.keys.at("ana").tenant == "acme");
}

TEST_CASE("A key that is missing, too short, or for a role that does not exist is told with its line, never shown") {
  CHECK_THAT(refused("[auth.key.bot]\n"), Contains("tomada.toml:1") && Contains("its key is missing"));
  CHECK_THAT(refused("[auth.key.bot]\nkey = \"short\"\n"),
             Contains("tomada.toml:2") && Contains("32 to 512") && !Contains("\"short\""));
  CHECK_THAT(refused("[auth.key.bot]\nkey = \"" + key + "\"\nroles = [\"salse\"]\n"),
             Contains("tomada.toml:3") && Contains("there is no role \"salse\"") && !Contains(key));
  CHECK_THAT(refused("[http]\ninsecure = true\n[auth]\nrequired = true\n"), Contains("contradicts auth.required"));
}

TEST_CASE("The key that seals, and those before it, are told by their line when they are too short, never shown") {
  const auto found = parsed("[auth]\nseal_key = \"" + key + "\"\nprevious_seal_keys = [\"" + key + "1\"]\n").auth;
  CHECK(found.seal_key == key);
  CHECK(found.previous_seal_keys == std::vector{key + "1"});
  CHECK(parsed("").auth.seal_key.empty());
  CHECK_THAT(refused("[auth]\nseal_key = \"tooshort\"\n"),
             Contains("tomada.toml:2") && Contains("32 to 512") && !Contains("tooshort"));
  CHECK_THAT(refused("[auth]\nseal_key = \"" + key + "\"\nprevious_seal_keys = [\"tooshort\"]\n"),
             Contains("tomada.toml:3") && Contains("32 to 512") && !Contains("tooshort"));
  CHECK_THAT(refused("[auth]\nprevious_seal_keys = [\"" + key + "\"]\n"), Contains("seal_key is missing"));
}

TEST_CASE("Limits are calls a minute, by pattern for tools") {
  const auto found = parsed(
      "[limits]\nprincipal_per_minute = 60\naddress_per_minute = 100\n[limits.tool.\"erp_*\"]\nper_minute = 5\n");
  CHECK(found.limits.principal == 60);
  CHECK(found.limits.address == 100);
  CHECK(found.limits.tools.at("erp_*") == 5);
  CHECK_THAT(refused("[limits]\nprincipal_per_minut = 60\n"), Contains("did you mean \"principal_per_minute\"?"));
  CHECK_THAT(refused("[limits]\naddress_per_minute = -1\n"), Contains("a whole number from 0 to 1000000"));
}

TEST_CASE("An authorisation server is named with its keys, this server's address, and the roles of its scopes") {
  const std::string text =
      "[auth.oauth]\nissuer = \"https://id.example.com\"\nresource = \"https://erp.example.com/mcp\"\nupstream = "
      "\"id\"\n"
      "jwks_path = \"jwks.json\"\n[auth.oauth.scopes]\n\"erp:read\" = [\"default\"]\n[upstream.id]\nurl = "
      "\"https://id.example.com/\"\n";
  const auto found = parsed(text).auth.oauth;
  CHECK(found.issuer == "https://id.example.com");
  CHECK(found.audience == "https://erp.example.com/mcp");
  CHECK(found.scopes.at("erp:read") == std::vector<std::string>{"default"});
  CHECK(found.tenant_claim.empty());
  CHECK_THAT(refused("[auth.oauth]\nissuer = \"https://id.example.com\"\n"), Contains("its resource is missing"));
  CHECK_THAT(refused(text + "[role.x]\ntools = []\n[plugin.erp]\nupstream = \"ix\"\n"),
             Contains("did you mean \"id\"?"));
  auto unknown = text;
  unknown.replace(unknown.find("[\"default\"]"), 11, "[\"defautl\"]");
  CHECK_THAT(refused(unknown), Contains("there is no role \"defautl\""));
  auto no_endpoint = text;
  no_endpoint.replace(no_endpoint.find("/mcp"), 4, "/xyz");
  CHECK_THAT(refused(no_endpoint), Contains("an address that ends in /mcp"));
}

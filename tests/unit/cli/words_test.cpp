#include "core/cli/words.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using tomada::cli::Command;
using tomada::cli::parse;
using tomada::cli::Words;

namespace {

tomada::Result<Words> said(std::vector<const char*> words) {
  words.insert(words.begin(), "tomada");
  return parse(static_cast<int>(words.size()), words.data());
}

}  // namespace

TEST_CASE("options may stand before and after the command") {
  const auto before = said({"--state", "/s", "tools", "call", "erp_receivables", "{}"});
  const auto after = said({"tools", "call", "erp_receivables", "{}", "--state", "/s", "--format", "json"});
  REQUIRE(before.has_value());
  REQUIRE(after.has_value());
  CHECK(before->command == Command::tools_call);
  CHECK(before->overrides.state == "/s");
  CHECK(before->name == "erp_receivables");
  CHECK(before->arguments == "{}");
  CHECK_FALSE(before->is_json);
  CHECK(after->overrides.state == "/s");
  CHECK(after->is_json);
}

TEST_CASE("plugin folders add up and replace the default") {
  const auto words = said({"stdio", "--plugins", "/a", "--plugins", "/b"});
  REQUIRE(words.has_value());
  CHECK(words->command == Command::stdio);
  CHECK(words->overrides.plugins == std::vector<std::string>{"/a", "/b"});
}

TEST_CASE("every command of the surface is understood") {
  CHECK(said({"http", "--listen", "127.0.0.1:9"})->overrides.listen == "127.0.0.1:9");
  CHECK(said({"tools", "list"})->command == Command::tools_list);
  CHECK(said({"check"})->command == Command::check);
  CHECK(said({"plugins", "list"})->command == Command::plugins_list);
  CHECK(said({"plugins", "new", "x"})->command == Command::plugins_new);
  CHECK(said({"client", "vscode", "--via", "ssh"})->via == "ssh");
  CHECK(said({"version"})->command == Command::version);
  CHECK(said({"keys", "list", "--format", "json"})->command == Command::keys_list);
  CHECK(said({"keys", "revoke", "0a1b2c3d"})->key.id == "0a1b2c3d");
}

TEST_CASE("a key is named, has roles one by one, and times as people write them") {
  const auto words = said({"keys", "add", "--name", "sales team", "--role", "a", "--role", "b", "--expires", "90d"});
  REQUIRE(words.has_value());
  CHECK(words->command == Command::keys_add);
  CHECK(words->key.name == "sales team");
  CHECK(words->key.tenant == "default");
  CHECK(words->key.roles == std::vector<std::string>{"a", "b"});
  CHECK(words->key.expires == std::chrono::hours{90 * 24});
  CHECK(said({"cache", "stats", "--format", "json"})->command == Command::cache_stats);
  CHECK(said({"cache", "clear"})->command == Command::cache_clear);
  CHECK(said({"cache"}).has_error());
  CHECK(said({"keys", "rotate", "x"})->key.overlap == std::chrono::hours{24});
  CHECK(said({"keys", "rotate", "x", "--overlap", "30m"})->key.overlap == std::chrono::minutes{30});
  CHECK(said({"keys", "add", "--name", "x", "--expires", "0s"}).has_error());
  CHECK(said({"keys", "add"}).has_error());
  CHECK(said({"http", "--insecure"})->overrides.is_insecure);
}

TEST_CASE("what is not understood is refused with the word that is wrong and the next step") {
  struct Case {
    std::vector<const char*> words;
    std::string message, hint;
  };
  const std::string commands = "stdio, http, tools, check, plugins, client, keys, cache, version; see tomada --help";
  for (const auto& [words, message, hint] : std::vector<Case>{
           {{}, "a command is missing", commands},
           {{"serve"}, "there is no command \"serve\"", commands},
           {{"chek"}, "there is no command \"chek\"", "did you mean \"check\"? See tomada --help"},
           {{"--state", "/s", "htp"}, "there is no command \"htp\"", "did you mean \"http\"? See tomada --help"},
           {{"tools"}, "a command after \"tools\" is missing", "list, call; see tomada tools --help"},
           {{"tools", "--state=/s", "lst"},
            "there is no command \"tools lst\"",
            "did you mean \"list\"? See tomada tools --help"},
           {{"plugins", "bogus"}, "there is no command \"plugins bogus\"", "list, new; see tomada plugins --help"},
           {{"tools", "call"}, "NAME is required", "see tomada tools call --help"},
           {{"stdio", "--confg", "x"},
            "there is no option \"--confg\"",
            "did you mean \"--config\"? See tomada stdio --help"},
           {{"stdio", "--nonsense"}, "there is no option \"--nonsense\"", "see tomada stdio --help"},
           {{"version", "now"}, "The following argument was not expected: now", "see tomada version --help"},
       }) {
    const auto parsed = said(words);
    REQUIRE_FALSE(parsed.has_value());
    CHECK(parsed.error().code == tomada::ErrorCode::usage);
    CHECK(parsed.error().message == message);
    CHECK(parsed.error().hint == hint);
  }
}

TEST_CASE("a value that an option or a client does not take is refused with those it takes") {
  for (const auto& [words, known] : std::vector<std::pair<std::vector<const char*>, std::string>>{
           {{"client", "emacs"}, "claude-desktop"}, {{"stdio", "--log-level", "loud"}, "warning"}}) {
    const auto parsed = said(words);
    REQUIRE_FALSE(parsed.has_value());
    CHECK(parsed.error().message.find(words.back()) != std::string::npos);
    CHECK(parsed.error().message.find(known) != std::string::npos);
  }
}

TEST_CASE("the help of every command shows the options that hold everywhere") {
  for (const auto& words : std::vector<std::vector<const char*>>{
           {"stdio", "--help"}, {"http", "--help"}, {"tools", "call", "--help"}, {"check", "--help"}}) {
    const auto parsed = said(words);
    REQUIRE(parsed.has_value());
    for (const auto* option : {"--config FILE", "--state DIR", "--plugins DIR", "--log-level LEVEL"})
      CHECK(parsed->help.find(option) != std::string::npos);
  }
  CHECK(said({"tools", "call", "--help"})->help.find("--format") != std::string::npos);
  CHECK(said({"http", "--help"})->help.find("--listen") != std::string::npos);
}

TEST_CASE("the help fits a screen of 24 lines of 132 columns") {
  const auto words = said({"--help"});
  REQUIRE(words.has_value());
  CHECK(std::count(words->help.begin(), words->help.end(), '\n') <= 24);
  CHECK(words->help.find("stdio") != std::string::npos);
}

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
}

TEST_CASE("what is not understood is refused with the next step") {
  for (const auto& words : std::vector<std::vector<const char*>>{{},
                                                                 {"serve"},
                                                                 {"tools"},
                                                                 {"tools", "call"},
                                                                 {"client", "emacs"},
                                                                 {"stdio", "--log-level", "loud"},
                                                                 {"stdio", "--nonsense"}}) {
    const auto parsed = said(words);
    REQUIRE_FALSE(parsed.has_value());
    CHECK(parsed.error().code == tomada::ErrorCode::usage);
    CHECK(parsed.error().hint == "see tomada --help");
  }
}

TEST_CASE("the help fits a screen of 24 lines of 132 columns") {
  const auto words = said({"--help"});
  REQUIRE(words.has_value());
  CHECK(std::count(words->help.begin(), words->help.end(), '\n') <= 24);
  CHECK(words->help.find("stdio") != std::string::npos);
}

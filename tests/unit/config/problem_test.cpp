// What an operator reads when the file is wrong.
#include "core/config/units.hpp"
#include "tests/unit/config/support.hpp"

#include <cstdlib>

using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using tomada::ErrorCode;
using tomada::config::test::File;
using tomada::config::test::parsed;
using tomada::config::test::refused;

namespace config = tomada::config;

TEST_CASE("An unknown key is an error with its line and the nearest known key") {
  CHECK(refused("\nlanguge = \"en\"\n") == "tomada.toml:2: unknown key \"languge\" (did you mean \"language\"?)");
  CHECK(refused("[http]\n# comment\nlisten = \"127.0.0.1:1\"\nmax_boddy = 1\n") ==
        "tomada.toml:4: unknown key \"max_boddy\" (did you mean \"max_body\"?)");
  CHECK(refused("[upstrem.omie]\n") == "tomada.toml:1: unknown key \"upstrem\" (did you mean \"upstream\"?)");
  CHECK(refused("[upstream.omie]\nmax_concurent = 4\n") ==
        "tomada.toml:2: unknown key \"max_concurent\" (did you mean \"max_concurrent\"?)");
  CHECK(refused("[upstream.omie.method.ListarPedidos]\nper_hour = 4\n") ==
        "tomada.toml:2: unknown key \"per_hour\" (known here: max_concurrent, per_minute)");
}

TEST_CASE("A key that slipped below a section is sent back to the top") {
  CHECK(refused("[http]\nlanguage = \"en\"\n") ==
        "tomada.toml:2: unknown key \"language\" (\"language\" belongs above the first [section])");
}

TEST_CASE("A wrong value tells the line, what was expected and what was found") {
  CHECK_THAT(refused("workers = \"many\"\n"),
             Contains("tomada.toml:1: workers: expected ") && Contains("found \"many\""));
  CHECK_THAT(refused("\n[http]\nlisten = 8420\n"),
             Contains("tomada.toml:3: http.listen: expected HOST:PORT such as \"127.0.0.1:8420\", found 8420"));
  CHECK_THAT(refused("[http]\nlisten = \"localhost:70000\"\n"), Contains("HOST:PORT") && Contains("localhost:70000"));
  CHECK_THAT(refused("call_timeout = 60\n"), Contains("a duration such as \"500ms\", \"60s\" or \"5m\", found 60"));
  CHECK_THAT(refused("[cache]\nmax_bytes = \"much\"\n"), Contains("cache.max_bytes: expected a size such as \"64MB\""));
  CHECK_THAT(refused("language = \"de\"\n"), Contains("pt-BR") && Contains("\"de\""));
  CHECK_THAT(refused("[upstream.x]\nurl = \"ftp://x\"\n"),
             Contains("upstream.x.url: expected an address") && Contains(":2:"));
  CHECK_THAT(refused("[role.x]\ntools = [\"a\", 7]\n"), Contains("role.x.tools.1") && Contains("7"));
  CHECK_THAT(refused("http = 5\n"), Contains("tomada.toml:1: http: expected an object") || Contains("found 5"));
}

TEST_CASE("A name with spaces cannot be a plugin's or a role's") {
  CHECK(refused("[plugin.erp]\n\n[plugin.\"my erp\"]\n") ==
        "tomada.toml:3: plugin: expected a name of letters, digits, '_' and '-', at most 64, found \"my erp\"");
  CHECK_THAT(refused("[role.\"a b\"]\ntools = []\n"), Contains("tomada.toml:1: role: expected a name of letters"));
}

TEST_CASE("An upstream that a plugin names and nobody configured is told at its line, with the nearest name") {
  CHECK(refused("[upstream.omie]\n\n[plugin.erp]\nsource = \"omie\"\nupstream = \"omi\"\n") ==
        "tomada.toml:5: plugin.erp.upstream: there is no upstream \"omi\" (did you mean \"omie\"?)");
  CHECK(refused("[plugin.erp]\nupstream = \"sap\"\n") ==
        "tomada.toml:2: plugin.erp.upstream: there is no upstream \"sap\" (add [upstream.sap] with its url)");
  CHECK(refused("[upstream.bank]\nurl = \"http://a\"\n[plugin.x]\nupstreams = [\"bank\",\n  \"post\"]\n") ==
        "tomada.toml:5: plugin.x.upstreams.1: there is no upstream \"post\" (add [upstream.post] with its url)");
  parsed("[plugin.erp]\nenabled = false\nupstream = \"sap\"\n");  // nobody asks it
  parsed("[upstream.omie]\n[plugin.erp]\nupstream = \"omie\"\n");
}

TEST_CASE("A service that does not exist is told at its line, with the nearest one") {
  CHECK(
      refused("[plugin.erp]\nservices = [\"tomada.log/1\", \"tomada.http/9\"]\n") ==
      "tomada.toml:2: plugin.erp.services.1: there is no service \"tomada.http/9\" (did you mean \"tomada.http/1\"?)");
  CHECK_THAT(refused("[plugin.erp]\nservices = [\"everything\"]\n"),
             Contains("there is no service \"everything\" (known: ") && Contains("tomada.alerts/1, ") &&
                 Contains("tomada.store/1"));
}

TEST_CASE("An address that holds credentials is refused without being shown") {
  for (const std::string section : {"upstream.shop", "alerts.receiver.slack"}) {
    const auto said = refused("[" + section + "]\nurl = \"https://robot:hunter22@host.example/x\"\n");
    CHECK_THAT(said, Contains("tomada.toml:2: " + section + ".url: ") && Contains("credentials"));
    CHECK_THAT(said, !Contains("hunter22"));
  }
  parsed("[alerts.receiver.slack]\nurl = \"https://host.example/hook?by=ana@example.com\"\n");
}

TEST_CASE("What several keys say wrongly together is told with its mend") {
  CHECK_THAT(refused("[upstream.shop]\nretries = 1\n"),
             Contains("tomada.toml:1: upstream.shop: its url is missing (add url"));
  CHECK_THAT(refused("[alerts.receiver.slack]\nkind = \"webhook\"\n"), Contains("a webhook needs its url"));
  CHECK_THAT(refused("[role.finance]\n"), Contains("tomada.toml:1: role.finance: its tools are missing"));
  CHECK(refused("[stdio]\nroles = [\"boss\"]\n") ==
        "tomada.toml:2: stdio.roles: there is no role \"boss\" (add [role.boss])");
}

TEST_CASE("A limit that a database does not know is refused rather than ignored") {
  CHECK_THAT(refused("[upstream.books]\nurl = \"sqlite:/srv/books.db\"\nper_minute = 10\n"),
             Contains("tomada.toml:3: upstream.books.per_minute: a database is not limited so"));
}

TEST_CASE("Broken TOML is told with its line") {
  CHECK_THAT(refused("language = \"en\"\n[http\n"), Contains("tomada.toml:2: not valid TOML"));
  CHECK_THAT(refused("a = 1\na = 2\n"), Contains("tomada.toml:2: not valid TOML"));
}

TEST_CASE("A check lists every problem in the order of the file") {
  const File file{
      "languge = \"en\"\nworkers = \"x\"\n[upstream.a]\n[upstream.b]\nurl = \"${TOMADA_TEST_ABSENT}\"\n[rle.x]\n"};
  const auto problems = config::examine(file.path()).problems;
  std::vector<std::string> places;
  for (const auto& problem : problems) places.push_back(problem.where.substr(problem.where.rfind(':')));
  CHECK(places == std::vector<std::string>{":1", ":2", ":3", ":5", ":6"});
  const auto reading = config::examine(file.path());
  CHECK(reading.config.upstreams.contains("a"));  // what is sound can be looked at further
  CHECK(reading.config.variables == std::set<std::string>{"TOMADA_TEST_ABSENT"});
  CHECK(reading.config.where("/upstream/b") == file.path() + ":4");
}

TEST_CASE("A sound file has no problems") {
  const File file{"language = \"en\"\n"};
  CHECK(config::examine(file.path()).problems.empty());
  CHECK(config::load(file.path()).has_value());
}

TEST_CASE("A file that does not exist is a configuration error with its path") {
  const auto found = config::load("/nonexistent/tomada.toml");
  REQUIRE(found.has_error());
  CHECK(found.error().code == ErrorCode::configuration);
  CHECK(found.error().where == "/nonexistent/tomada.toml");
  CHECK_FALSE(found.error().hint.empty());
  CHECK(config::examine("/nonexistent/tomada.toml").problems.size() == 1);
  CHECK(config::load("/tmp").has_error());
}

TEST_CASE("Variables of the environment are put in and remembered for the redactor") {
  ::setenv("TOMADA_TEST_KEY", "s3cret-value", 1);
  ::setenv("TOMADA_TEST_SHORT", "abc", 1);
  const auto found = parsed("[plugin.erp]\napp_key = \"${TOMADA_TEST_KEY}\"\nmix = \"a-${TOMADA_TEST_SHORT}-$${X}\"\n");
  CHECK(found.plugins.at("erp").settings.at("app_key") == "s3cret-value");
  CHECK(found.plugins.at("erp").settings.at("mix") == "a-abc-${X}");
  CHECK(found.secrets == std::vector<std::string>{"s3cret-value"});
}

TEST_CASE("A variable that is not set is an error with its line, unless a default is given") {
  CHECK(refused("[plugin.erp]\n\nkey = \"${TOMADA_TEST_ABSENT}\"\n") ==
        "tomada.toml:3: plugin.erp.key: the environment variable TOMADA_TEST_ABSENT is not set "
        "(set it, or write ${TOMADA_TEST_ABSENT:-default})");
  CHECK(parsed("[plugin.erp]\nkey = \"${TOMADA_TEST_ABSENT:-none}\"\n").plugins.at("erp").settings.at("key") == "none");
  CHECK_THAT(refused("log_file = \"${HOME\"\n"), Contains("tomada.toml:1: log_file"));
}

TEST_CASE("A secret from a file is read beside the configuration, without its line end") {
  const File secret{"from-a-file\n"};
  const File file{"[plugin.erp]\nkey = \"${file:" + secret.name() + "}\"\n"};
  const auto found = config::load(file.path());
  REQUIRE(found.has_value());
  CHECK(found->plugins.at("erp").settings.at("key") == "from-a-file");
  CHECK(found->secrets == std::vector<std::string>{"from-a-file"});
  CHECK_THAT(refused("[plugin.erp]\nkey = \"${file:/nonexistent/secret}\"\n"),
             Contains("tomada.toml:2") && Contains("/nonexistent/secret"));
}

TEST_CASE("An error never shows what a variable holds") {
  ::setenv("TOMADA_TEST_KEY", "s3cret-value", 1);
  const std::string told = refused("[http]\nlisten = \"${TOMADA_TEST_KEY}\"\n");
  CHECK_THAT(told, Contains("${TOMADA_TEST_KEY}") && !Contains("s3cret-value"));
  CHECK_THAT(refused("[role.x]\ntools = [\"${TOMADA_TEST_KEY}\", 7]\n"), !Contains("s3cret-value"));
}

TEST_CASE("Durations and sizes are read as people write them") {
  CHECK(config::parse_duration("500ms") == 500ms);
  CHECK(config::parse_duration("60s") == 60s);
  CHECK(config::parse_duration("5m") == 5min);
  CHECK(config::parse_duration("1h") == 1h);
  for (const char* wrong : {"", "60", "s", "-1s", "1.5s", "60 s", "9999999999999999999s"}) {
    INFO(wrong);
    CHECK_FALSE(config::parse_duration(wrong));
  }
  CHECK(config::parse_bytes("512B") == 512u);
  CHECK(config::parse_bytes("64KB") == 65'536u);
  CHECK(config::parse_bytes("64MB") == 64u << 20);
  CHECK_FALSE(config::parse_bytes("64"));
}

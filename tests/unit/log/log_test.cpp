#include "core/log/log.hpp"

#include "core/json/reader.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/shared.hpp"
#include "tests/unit/log/capture.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <thread>
#include <vector>

using namespace tomada;

namespace {

// A logger that writes to a file of its own.
struct Fixture {
  explicit Fixture(log::Level level = log::Level::info) : logger{{level, file.path}, clock, metrics} {}
  [[nodiscard]] std::string text() const { return test::read_file(file.path); }

  test::TemporaryFile file;
  test::ManualClock clock;
  metrics::Registry metrics;
  log::Logger logger;
};

}  // namespace

TEST_CASE("a line is one JSON object with time, level, message and fields") {
  Fixture fixture;
  fixture.logger.info("call finished",
                      {{"tool", "erp_receivables"}, {"count", std::int64_t{-3}}, {"seconds", 0.25}, {"cached", true}});
  CHECK(fixture.text() ==
        "{\"time\":\"2026-10-14T17:46:40.000000000Z\",\"level\":\"info\",\"message\":\"call finished\","
        "\"tool\":\"erp_receivables\",\"count\":-3,\"seconds\":0.25,\"cached\":true}\n");
}

TEST_CASE("lines below the level are not written") {
  Fixture fixture{log::Level::warning};
  fixture.logger.info("quiet");
  fixture.logger.error("loud");
  CHECK_FALSE(fixture.logger.is_on(log::Level::info));
  CHECK(fixture.text().find("quiet") == std::string::npos);
  CHECK(fixture.text().find("\"level\":\"error\",\"message\":\"loud\"") != std::string::npos);
}

TEST_CASE("level names are read and written") {
  log::Level level = log::Level::info;
  CHECK(log::parse("debug", level));
  CHECK(level == log::Level::debug);
  CHECK_FALSE(log::parse("verbose", level));
  CHECK(level == log::Level::debug);
  CHECK(log::name(log::Level::warning) == "warning");
}

TEST_CASE("whatever a text holds, the line stays one line of JSON") {
  Fixture fixture;
  fixture.logger.info("line\nbreak \"quoted\" \\ \x01 \xff", {{"number", std::numeric_limits<double>::infinity()}});
  const std::string text = fixture.text();
  CHECK(std::count(text.begin(), text.end(), '\n') == 1);
  const auto read = json::read(text);
  REQUIRE(read);
  CHECK(read->as_object().at("message").as_string() == "line\nbreak \"quoted\" \\ \x01 \xEF\xBF\xBD");
  CHECK(read->as_object().at("number").is_null());
}

TEST_CASE("a secret never reaches the log, in none of the forms in which texts quote it") {
  Fixture fixture;
  fixture.logger.hide("p/ss \"wörd\"");
  fixture.logger.info("raw p/ss \"wörd\"", {{"url", "https://host/?key=p%2Fss%20%22w%C3%B6rd%22"},
                                            {"lower", "p%2fss%20%22w%c3%b6rd%22"},
                                            {"form", "p%2Fss+%22w%C3%B6rd%22"},
                                            {"body", R"({"secret":"p/ss \"wörd\""})"},
                                            {"slashes", R"({"secret":"p\/ss \"wörd\""})"}});
  const auto line = json::read(fixture.text()).value().as_object();
  CHECK(line.at("message").as_string() == "raw ***");
  CHECK(line.at("url").as_string() == "https://host/?key=***");
  CHECK(line.at("lower").as_string() == "***");
  CHECK(line.at("form").as_string() == "***");
  CHECK(line.at("body").as_string() == R"({"secret":"***"})");
  CHECK(line.at("slashes").as_string() == R"({"secret":"***"})");
  CHECK(fixture.logger.redact("say p/ss \"wörd\"!") == "say ***!");
}

TEST_CASE("a secret is found inside what was base64-encoded with it, wherever it stands") {
  Fixture fixture;
  fixture.logger.hide("S3cr/et+Key==x");
  for (const auto* around : {"UzNjci9ldCtLZXk9PXg=",          // alone
                             "dXNlcjpTM2NyL2V0K0tleT09eA==",  // user:…
                             "dTpTM2NyL2V0K0tleT09eDp0YWls",  // u:…:tail
                             "YWJTM2NyL2V0K0tleT09eA",        // ab…
                             "a/S3cr/et%2BKey%3D%3Dx"}) {
    CAPTURE(around);
    CHECK(fixture.logger.shows_secret(around));
    CHECK(fixture.logger.redact(around).find("***") != std::string::npos);
  }
  CHECK_FALSE(fixture.logger.shows_secret("an innocent text"));
}

TEST_CASE("a short secret is ignored, a longer one wins over one inside it") {
  Fixture fixture;
  fixture.logger.hide("abc");
  fixture.logger.hide("token");
  fixture.logger.hide("token-1234");
  CHECK(fixture.logger.redact("abc token token-1234") == "abc *** ***");
}

TEST_CASE("a secret is replaced before a long text is cut, so that no half of it remains") {
  Fixture fixture;
  fixture.logger.hide("SECRETSECRETSECRET");
  fixture.logger.info(std::string(2040, 'x') + "SECRETSECRETSECRET",
                      {{"field", std::string(1015, 'y') + "SECRETSECRETSECRET"}});
  CHECK(fixture.text().find("SECRET") == std::string::npos);
}

TEST_CASE("a line never exceeds what a pipe takes whole, and stays valid when it is cut") {
  Fixture fixture;
  const std::string controls(10'000, '\x01'), accents = "é" + std::string(20'000, 'x');
  fixture.logger.info(controls,
                      {{"a", controls}, {"b", accents}, {"c", accents}, {"d", accents}, {"e", accents}, {"f", "end"}});
  const std::string text = fixture.text();
  CHECK(text.size() <= 4096);
  const auto read = json::read(text);
  REQUIRE(read);
  CHECK(read->as_object().at("truncated").as_bool());
}

TEST_CASE("after a rotation lines go to the new file") {
  Fixture fixture;
  fixture.logger.info("before");
  const std::string moved = fixture.file.path + ".1";
  std::filesystem::rename(fixture.file.path, moved);
  fixture.logger.info("still the old one");
  fixture.logger.reopen();
  fixture.logger.info("after");
  CHECK(test::read_file(moved).find("still the old one") != std::string::npos);
  CHECK(fixture.text().find("after") != std::string::npos);
  CHECK(fixture.text().find("before") == std::string::npos);
  std::filesystem::remove(moved);
}

TEST_CASE("several threads do not mix their lines") {
  Fixture fixture;
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&fixture, i] {
      for (int k = 0; k < 100; ++k) {
        fixture.logger.info("line", {{"thread", std::int64_t{i}}});
        if (k == 50) fixture.logger.hide("secret-of-thread-" + std::to_string(i));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  const std::string text = fixture.text();
  CHECK(std::count(text.begin(), text.end(), '\n') == 600);
  std::size_t start = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
    REQUIRE(json::read(std::string_view{text}.substr(start, end - start)));
    start = end + 1;
  }
}

// A question's whole way to an SQLite file, as services take it.
#include "core/json/reader.hpp"
#include "core/sql/databases.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/unit/upstream/folder.hpp"

#include <catch2/catch.hpp>
#include <sqlite3.h>

#include <filesystem>
#include <thread>

using namespace std::chrono_literals;
using namespace tomada;
using namespace tomada::sql;
using tomada::test::Folder;

namespace {

void execute(const std::string& file, const char* statements) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
  CHECK(sqlite3_exec(database, statements, nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(database);
}

constexpr const char* bills =
    "CREATE TABLE bills(id INTEGER, amount, due_on TEXT, note);"
    "INSERT INTO bills VALUES(1, 12.34, '2026-11-20', 'São João'), (2, 0.1, '2026-11-21', NULL),"
    " (3, '1234567890123456.78', '2026-11-22', x'00ff')";

struct Bench {
  Bench() { execute(file, bills); }

  Databases& open(Options options = {}) {
    options.url = "sqlite:" + file;
    auto opened = open_databases({{"books", options}}, "/nowhere", {clock, log, metrics, health, folder.path()});
    REQUIRE(opened.has_value());
    databases = std::move(*opened);
    return *databases;
  }
  Result<Answer> ask(std::string statement, std::vector<Parameter> parameters = {}, Bounds bounds = {}) {
    if (!databases) open();
    return databases->ask({"books", {std::move(statement), std::move(parameters)}, bounds, deadline, stop.get_token()});
  }
  std::string rows(std::string statement, std::vector<Parameter> parameters = {}) {
    const auto answer = ask(std::move(statement), std::move(parameters));
    return answer ? answer->table.rows : answer.error().text();
  }
  std::string refusal(std::string statement, std::vector<Parameter> parameters = {}, Bounds bounds = {}) {
    const auto answer = ask(std::move(statement), std::move(parameters), bounds);
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().code == ErrorCode::invalid_argument);
    return answer.error().text();
  }

  Folder folder;
  const std::string file = folder.path() + "/books.db";
  SystemClock clock;
  metrics::Registry metrics;
  log::Logger log{{log::Level::error, folder.path() + "/log"}, clock, metrics};
  health::Board health{clock};
  std::optional<SteadyTime> deadline;
  std::stop_source stop;
  std::unique_ptr<Databases> databases;
};

// Works for hours unless it is stopped.
constexpr const char* endless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

}  // namespace

TEST_CASE("rows come as JSON with the database's digits", "[sql]") {
  Bench bench;
  const auto answer = bench.ask("SELECT id, amount, due_on, note FROM bills ORDER BY id");
  REQUIRE(answer.has_value());
  CHECK(answer->dialect == Dialect::sqlite);
  CHECK(
      answer->table.columns ==
      R"([{"name":"id","type":""},{"name":"amount","type":""},{"name":"due_on","type":""},{"name":"note","type":""}])");
  CHECK(answer->table.rows == R"([[1,"12.34","2026-11-20","São João"],[2,"0.1","2026-11-21",null],)"
                              R"([3,"1234567890123456.78","2026-11-22","\\x00ff"]])");
  CHECK(answer->table.row_count == 3);
  CHECK(bench.ask("SELECT id FROM bills WHERE 0")->table.rows == "[]");
}

TEST_CASE("parameters are bound, wherever and however often they stand", "[sql]") {
  Bench bench;
  CHECK(bench.rows("SELECT $2, $1, $2, $3, $4", {{Kind::integer, "-9007199254740993"},
                                                 {Kind::text, "'; DROP TABLE bills; --"},
                                                 {Kind::null, {}},
                                                 {Kind::boolean, "true"}}) ==
        R"([["'; DROP TABLE bills; --",-9007199254740993,"'; DROP TABLE bills; --",null,1]])");
  CHECK(bench.refusal("SELECT $1, $2", {{Kind::integer, "1"}}).find("$2 has no value") != std::string::npos);
  CHECK(bench.refusal("SELECT ?").find("has no value") != std::string::npos);
  CHECK(bench.refusal("SELECT :name").find(":name has no value") != std::string::npos);
}

TEST_CASE("a database is read and nothing else", "[sql]") {
  Bench bench;
  for (const char* statement : {"DELETE FROM bills",
                                "INSERT INTO bills VALUES(9, 1, '', '')",
                                "UPDATE bills SET amount = 0",
                                "DROP TABLE bills",
                                "CREATE TABLE mine(a)",
                                "CREATE TEMP TABLE mine(a)",
                                "ATTACH '/etc/passwd' AS other",
                                "PRAGMA query_only = 0",
                                "PRAGMA writable_schema = 1",
                                "BEGIN IMMEDIATE",
                                "VACUUM",
                                "VACUUM INTO '/tmp/copy.db'",
                                "REINDEX",
                                "ANALYZE",
                                "SELECT 1; DELETE FROM bills",
                                "SELECT 1; SELECT 2",
                                "SELECT load_extension('x')",
                                "",
                                "  -- nothing",
                                "SELECT nothing FROM bills",
                                "not SQL"}) {
    INFO(statement);
    CHECK_FALSE(bench.refusal(statement).empty());
  }
  CHECK(bench.rows("SELECT count(*) FROM bills; -- the end") == "[[3]]");
}

TEST_CASE("an answer that is too long is refused with how to narrow it", "[sql]") {
  Bench bench;
  CHECK(bench.refusal("SELECT * FROM bills", {}, {2, 1000}) ==
        "upstream.books: The answer of books is longer than 2 rows; none of it is given. (narrow it with WHERE, LIMIT, "
        "fewer columns or a sum)");
  CHECK(bench.refusal("SELECT * FROM bills", {}, {3, 60}).find("longer than 60 bytes") != std::string::npos);
  CHECK(bench.ask("SELECT * FROM bills", {}, {3, 1000}).has_value());
}

TEST_CASE("a statement ends with its deadline, and the database counts as well", "[sql]") {
  Bench bench;
  bench.deadline = bench.clock.steady_now() + 50ms;
  const auto answer = bench.ask(endless);
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().code == ErrorCode::timeout);
  bench.deadline.reset();
  CHECK(bench.rows("SELECT 1") == "[[1]]");
}

TEST_CASE("a statement ends when its caller gives up", "[sql]") {
  Bench bench;
  bench.open();
  std::thread caller{[&] { bench.stop.request_stop(); }};
  const auto answer = bench.ask(endless);
  caller.join();
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().code == ErrorCode::cancelled);
}

TEST_CASE("a file that goes away is told, opens the breaker, and is read again when it is back", "[sql]") {
  Bench bench;
  Options options;
  options.breaker_failures = 2;
  options.breaker_pause = 0ms;
  bench.open(options);
  CHECK(bench.rows("SELECT count(*) FROM bills") == "[[3]]");
  std::filesystem::rename(bench.file, bench.file + ".away");
  for (int i = 0; i < 3; ++i) {
    const auto answer = bench.ask("SELECT count(*) FROM bills");
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().code == ErrorCode::unreachable);
    CHECK(answer.error().message == "books could not be asked: there is no file " + bench.file + ".");
  }
  const auto& components = bench.health.report().components;
  CHECK(components.front().name == "upstream.books");
  CHECK(components.front().condition.status == health::Status::unhealthy);
  execute(bench.file, "CREATE TABLE bills(id); INSERT INTO bills VALUES(7)");
  CHECK(bench.rows("SELECT id FROM bills") == "[[7]]");
  CHECK(bench.health.report().components.front().condition.status == health::Status::healthy);
}

TEST_CASE("a file that was replaced is opened anew", "[sql]") {
  Bench bench;
  CHECK(bench.rows("SELECT count(*) FROM bills") == "[[3]]");
  execute(bench.file + ".next", "CREATE TABLE bills(id); INSERT INTO bills VALUES(7)");
  std::filesystem::rename(bench.file + ".next", bench.file);
  CHECK(bench.rows("SELECT count(*) FROM bills") == "[[1]]");
}

TEST_CASE("what is no database, and a module that is not there, say so", "[sql]") {
  Bench bench;
  Options no_database;
  no_database.url = "sqlite:" + bench.folder.path() + "/log";
  bench.log.error("so that it holds something that is no database, and more than a header of one hundred bytes of it");
  const auto read = reach(no_database, "/nowhere", 1s);
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().message.find("cannot be read") != std::string::npos);

  Options elsewhere;
  elsewhere.url = "postgresql://127.0.0.1/books";
  const auto reached = reach(elsewhere, "/nowhere", 1s);
  REQUIRE_FALSE(reached.has_value());
  CHECK(reached.error().message == "the module \"postgresql\" is not installed");
  auto opened = open_databases({{"far", elsewhere}}, "/nowhere",
                               {bench.clock, bench.log, bench.metrics, bench.health, bench.folder.path()});
  REQUIRE(opened.has_value());
  CHECK((*opened)->ask({"far", {"SELECT 1", {}}, {}, {}, {}}).error().code == ErrorCode::system);
  CHECK((*opened)->ask({"near", {"SELECT 1", {}}, {}, {}, {}}).error().code == ErrorCode::not_found);
  CHECK(bench.health.report().components.front().condition.status == health::Status::unhealthy);
}

TEST_CASE("translate is PostgreSQL's: letter by letter, what has no counterpart goes", "[sql]") {
  Bench bench;
  CHECK(
      bench.rows("SELECT translate('São João é 12', 'ãé1', 'ae'), translate('abc', '', 'x'), translate(NULL, 'a', 'b'),"
                 " translate('aXa', 'aa', 'xy')") == R"([["Sao Joao e 2","abc",null,"xXx"]])");
}

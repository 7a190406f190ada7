// One login for many questions, and what is said when Tryton refuses.
#include "tryton/bench.hpp"

#include <catch2/catch.hpp>

#include <thread>

using namespace tomada::erp;
using namespace tomada::erp::tryton::test;

namespace {

std::string failure_of(Bench& bench) {
  try {
    (void)bench.source.categories({}, bench.asking);
  } catch (const tomada::sdk::ToolError& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("tryton: many questions are one login", "[erp]") {
  Bench bench;
  for (int i = 0; i < 5; ++i) (void)bench.source.categories({}, bench.asking);
  CHECK(bench.tryton.logins == 1);
  CHECK(bench.host.requests.front().path == "company/");
  CHECK(bench.host.requests.back().cache_key.empty());
}

TEST_CASE("tryton: an ended session is one new login, and the question is answered", "[erp]") {
  Bench bench;
  (void)bench.source.categories({}, bench.asking);
  bench.tryton.session = "key-2";
  CHECK(bench.source.categories({}, bench.asking).total == 0);
  CHECK(bench.tryton.logins == 2);
  CHECK(bench.source.health().at("status") == "healthy");
}

TEST_CASE("tryton: questions that find the session ended at the same time log in once", "[erp]") {
  Bench bench;
  (void)bench.source.categories({}, bench.asking);
  bench.tryton.session = "key-2";
  std::mutex mutex;  // the fake Tryton is not made for threads
  bench.host.answer("tryton", "company/", [&](const HttpRequest& request) {
    const std::lock_guard lock{mutex};
    return bench.tryton.respond(request);
  });
  (void)bench.source.connect(bench.asking);  // uses up the answer without the lock
  bench.tryton.session = "key-1";
  std::vector<std::thread> askers;
  for (int i = 0; i < 4; ++i) askers.emplace_back([&] { (void)bench.source.categories({}, bench.asking); });
  for (auto& asker : askers) asker.join();
  CHECK(bench.tryton.logins == 3);
}

TEST_CASE("tryton: a session that ends at once is an error, not an endless loop", "[erp]") {
  Bench bench;
  bench.tryton.before_answer = [&](const std::string&) {};
  bench.host.answer("tryton", "company/", [&](const HttpRequest& request) {
    if (request.operation == "common.db.login") return bench.tryton.respond(request);
    return answered("", 401);
  });
  (void)failure_of(bench);  // the first of both responders
  const auto said = failure_of(bench);
  CHECK_THAT(said, Catch::Contains("tryton") && Catch::Contains("session"));
  CHECK(bench.tryton.logins <= 4);
}

TEST_CASE("tryton: a refused password is not shown again for a minute, and never told", "[erp]") {
  Bench bench;
  bench.tryton.is_password_right = false;
  const auto said = failure_of(bench);
  CHECK_THAT(said, Catch::Contains("does not accept user and password") && !Catch::Contains(password));
  CHECK(failure_of(bench) == said);
  CHECK(bench.tryton.logins == 1);
  bench.tryton.is_password_right = true;
  bench.host.steady_ms += 60'000;
  CHECK(failure_of(bench).empty());
  CHECK(bench.tryton.logins == 2);
}

TEST_CASE("tryton: what Tryton says instead of an answer becomes a sentence with its cause and what to do", "[erp]") {
  const auto [body, status, cause, step] = GENERATE(table<const char*, int, const char*, const char*>({
      {R"({"id":1,"error":["UserError",["You are not allowed to access \"Account\".","",null]]})", 200,
       "not allowed to access", "groups"},
      {R"({"id":1,"error":["UserWarning",["key","Really?","It cannot be undone."]]})", 200,
       "Really?. It cannot be undone", "ask again"},
      {R"({"id":1,"error":["ConcurrencyException","Records were modified"]})", 200, "changed", "ask again"},
      {R"({"id":1,"error":["'account.account'",""]})", 200, "'account.account'", "activate the Tryton module"},
      {R"({"id":1,"error":["Database 'company' doesn't exist!",""]})", 200, "doesn't exist", "Check database"},
      {R"({"id":1,"error":[]})", 200, "an error without a text", "Tryton's own log"},
      {"<html>Bad gateway</html>", 502, "HTTP 502", "proxy"},
      {"<html>Sign in</html>", 200, "no data", "proxy"},
      {R"({"id":1,"result":[{"id":1,"na)", 200, "no data", "proxy"},
      {"[1,2]", 200, "no data", "proxy"},
      {R"({"id":1})", 200, "no data", "proxy"},
      {R"({"id":1,"result":{"__class__":"date"}})", 200, "without a list", "log"},
      {"<html>Forbidden</html>", 403, "forbids", "groups"},
      {"<html>Not found</html>", 404, "no such address or database", "url"},
      {"upstream.tryton: the connection is refused. (start it)", 0, "the connection is refused", "start it"},
  }));
  Bench bench;
  const auto bad = answered(body, status);
  bench.host.answer("tryton", "company/", [bad, &bench](const HttpRequest& request) {
    return request.operation == "model.account.account.search_read" ? bad : bench.tryton.respond(request);
  });
  (void)bench.source.connect(bench.asking);
  bench.host.requests.clear();
  const auto said = failure_of(bench);
  CHECK_THAT(said, Catch::Contains("tryton") && Catch::Contains(cause, Catch::CaseSensitive::No) &&
                       Catch::Contains(step, Catch::CaseSensitive::No));
  CHECK_THAT(said, !Catch::Contains(password) && !Catch::Contains("key-1") && !Catch::Contains("<html"));
  CHECK(bench.source.health().at("status") == "degraded");
}

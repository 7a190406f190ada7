// The sql service as a plugin sees it: through a real shared object.
#include "tests/unit/services/test_host.hpp"

using namespace tomada;
using namespace tomada::services::test;

TEST_CASE("sql: a statement goes to the database with its parameters, under the call's deadline and stop token") {
  TestHost host{{{"upstream", "books"}}};
  const auto answer = host.ask("question", {{"upstream", "books"},
                                            {"statement", "SELECT $1"},
                                            {"parameters", json::array{"1.50", 7, true, nullptr}},
                                            {"timeout_ms", 0}});
  CHECK(answer.at("column") == "amount");
  CHECK(answer.at("type") == "numeric");
  CHECK(answer.at("dialect") == "postgresql");
  CHECK(answer.at("rows") == json::array{json::array{"12.30"}, json::array{nullptr}});
  CHECK(answer.at("read_at_ms") == unix_ms(host.clock.wall_now()));
  REQUIRE(host.databases.questions.size() == 1);
  const auto& asked = host.databases.questions.front();
  CHECK(asked.statement.text == "SELECT $1");
  REQUIRE(asked.statement.parameters.size() == 4);
  CHECK(asked.statement.parameters[0].kind == sql::Kind::text);
  CHECK(asked.statement.parameters[1].text == "7");
  CHECK(asked.statement.parameters[2].text == "true");
  CHECK(asked.statement.parameters[3].kind == sql::Kind::null);
  CHECK(asked.bounds.rows == 7);
  CHECK(asked.deadline == host.clock.steady_now() + Milliseconds{2000});
  CHECK(host.databases.could_be_stopped);
}

TEST_CASE("sql: what is refused, unreachable, not granted or broken is told as what it is") {
  TestHost host{{{"upstreams", json::array{"books", "omie"}}}};
  json::object question{
      {"upstream", "books"}, {"statement", "SELECT"}, {"parameters", json::array{}}, {"timeout_ms", 500}};
  host.databases.trouble = failure(ErrorCode::invalid_argument, "books refused the statement: no such column.");
  CHECK(host.ask("question", question).at("refused") == "books refused the statement: no such column.");
  CHECK(host.databases.questions.front().deadline == host.clock.steady_now() + Milliseconds{500});
  host.databases.trouble = failure(ErrorCode::unreachable, "books is away");
  const auto away = host.call("question", question);
  CHECK(away.kind == OutcomeKind::tool_error);
  CHECK(away.message == "books is away");
  host.databases.must_throw = true;
  CHECK(host.call("question", question).message == "the question failed; the server's log says why");
  question["parameters"] = json::array{1.5};
  CHECK(host.ask("question", question).at("refused").as_string().find("decimals and dates as strings") !=
        json::string::npos);
  question["parameters"] = json::array{json::key(std::string_view{"a\0b", 3})};
  CHECK(host.ask("question", question).at("refused").as_string().find("NUL") != json::string::npos);
  question["upstream"] = "elsewhere";
  CHECK(host.call("question", question).message.find("was not given the upstream \"elsewhere\"") != std::string::npos);
}

TEST_CASE("http: a database is no HTTP service") {
  TestHost host{{{"upstream", "books"}}};
  const auto answer = host.ask("fetch", {{"upstream", "books"}, {"timeout_ms", 0}});
  CHECK(json::text(answer).find("the upstream \\\"books\\\" is a database") != std::string::npos);
  CHECK(host.upstreams.requests.empty());
}

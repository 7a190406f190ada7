// A tool that asks, in the legacy era: the questions are real requests to the client, on the stream of its call.
#include "core/protocol/legacy/interview.hpp"

#include "tests/unit/session/interview_bench.hpp"

using namespace tomada;
using namespace tomada::test;
using session::Transport;

TEST_CASE("a tool's question becomes a request to the client, and the tool goes on with the answer") {
  for (const auto transport : {Transport::http, Transport::stdio}) {
    Person person{transport};
    const auto reply = person.send(ask_name);
    REQUIRE(reply->notices().size() == 1);
    const auto question = asked(*reply);
    CHECK(question.at("method") == "elicitation/create");
    CHECK(question.at("params").at("message") == "Who?");
    CHECK(reply->answers().empty());
    if (test::has_wire_schema("2025-11-25")) {
      CHECK(test::wire_violations("2025-11-25", "ElicitRequest", question).empty());
    }
    person.answer(question.at("id").as_int64(), ana);
    const auto result = result_in(*reply);
    CHECK(result.at("structuredContent").at("answer").at("content").at("name") == "Ana");
    CHECK(result.at("structuredContent").at("state") == "round 1");
    CHECK(person.bench.dispatcher().in_flight() == 0);
  }
}

TEST_CASE("a client of 2025-06-18 gets a form in the words of its revision, and answers it") {
  const std::string choices = R"({"f":{"method":"elicitation/create","params":{"message":"Choose","requestedSchema":{)"
                              R"("type":"object","properties":{)"
                              R"("one":{"type":"string","oneOf":[{"const":"a","title":"A"},{"const":"b","title":"B"}],)"
                              R"("default":"a"},"many":{"type":"array","items":{"type":"string","enum":["x"]}},)"
                              R"("sure":{"type":"boolean","default":true}},"required":["one"]}}}})";
  Person person{Transport::stdio, "2025-06-18"};
  person.bench.publish({asking("choose", choices)});
  const auto reply = person.send(call_of("choose"));
  REQUIRE(reply->notices().size() == 1);
  const auto question = asked(*reply);
  CHECK(json::text(question.at("params").at("requestedSchema").at("properties")) ==
        R"({"one":{"type":"string","enum":["a","b"],"enumNames":["A","B"]},"sure":{"type":"boolean","default":true}})");
  if (test::has_wire_schema("2025-06-18")) {
    CHECK(test::wire_violations("2025-06-18", "ElicitRequest", question).empty());
  }
  person.answer(question.at("id").as_int64(), R"({"action":"accept","content":{"one":"a"}})");
  CHECK(result_in(*reply).at("structuredContent").at("f").at("content").at("one") == "a");
}

TEST_CASE("a list that a client of 2025-06-18 would have to fill in cannot be asked for") {
  const std::string many = R"({"f":{"method":"elicitation/create","params":{"message":"Choose","requestedSchema":{)"
                           R"("type":"object","properties":{"many":{"type":"array","items":{"type":"string","enum":)"
                           R"(["x"]}}},"required":["many"]}}}})";
  for (const auto* revision : {"2025-06-18", "2025-11-25"}) {
    Person person{Transport::stdio, revision};
    person.bench.publish({asking("choose", many)});
    const auto reply = person.send(call_of("choose"));
    if (std::string_view{revision} == "2025-11-25") {
      CHECK(asked(*reply).at("method") == "elicitation/create");
    } else {
      CHECK_THAT(complaint(*reply), Catch::Contains("2025-06-18 cannot express"));
    }
  }
}

TEST_CASE("progress goes on over the rounds of a call and never falls back") {
  Person person{Transport::stdio};
  person.bench.publish({stepping()});
  const auto reply = person.send(
      R"({"jsonrpc":"2.0","id":"c","method":"tools/call","params":{"name":"stepping","_meta":{"progressToken":"p"}}})");
  REQUIRE(reply->notices().size() == 3);
  person.answer(asked(*reply, 2).at("id").as_int64(), ana);
  REQUIRE(reply->answers().size() == 1);
  CHECK(test::progress_in(reply->notices()) == std::vector<double>{1, 2, 3});
}

TEST_CASE("what does not answer the question is asked again, eight times at most") {
  Person person{Transport::http};
  const auto reply = person.send(ask_name);
  for (std::size_t round = 0; round < 8; ++round) {
    REQUIRE(reply->notices().size() == round + 1);
    person.answer(asked(*reply, round).at("id").as_int64(), R"({"action":"perhaps"})");
  }
  CHECK(reply->notices().size() == 8);
  CHECK_THAT(complaint(*reply), Catch::Contains("8 times"));
}

TEST_CASE("a client that refuses the question ends the call with its reason") {
  Person person{Transport::stdio};
  const auto reply = person.send(ask_name);
  person.send(text::concat({R"({"jsonrpc":"2.0","id":)", std::to_string(asked(*reply).at("id").as_int64()),
                            R"(,"error":{"code":-1,"message":"User rejected"}})"}));
  CHECK_THAT(complaint(*reply), Catch::Contains("User rejected"));
}

TEST_CASE("an answer that nobody waits for, or for another session's question, is ignored") {
  Person person{Transport::http};
  const auto reply = person.send(ask_name);
  const auto id = asked(*reply).at("id").as_int64();
  person.answer(id + 7, ana);
  const auto other = person.bench.send(initialize("2025-11-25", "{}"), FakeHeaders{});
  person.bench.send(text::concat({R"({"jsonrpc":"2.0","id":)", std::to_string(id), R"(,"result":)", ana, "}"}),
                    FakeHeaders{{"Mcp-Session-Id", other->answers().at(0).session}});
  CHECK(reply->answers().empty());
  person.answer(id, ana);
  person.answer(id, ana);
  CHECK(reply->answers().size() == 1);
}

TEST_CASE("a person may take ten minutes; then the question is withdrawn and the tool says so") {
  Person person{Transport::http};
  const auto reply = person.send(ask_name);
  person.bench.clock.advance(Milliseconds{599'000});
  REQUIRE(person.bench.endpoint->look().has_value());
  CHECK(reply->answers().empty());
  person.bench.clock.advance(Milliseconds{1'001});
  (void)person.bench.endpoint->look();
  CHECK_THAT(complaint(*reply), Catch::Contains("in time"));
}

TEST_CASE("a client that gives the call up has its questions withdrawn") {
  for (const auto transport : {Transport::http, Transport::stdio}) {
    Person person{transport};
    const auto reply = person.send(ask_name);
    const auto id = asked(*reply).at("id").as_int64();
    person.send(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"c"}})");
    REQUIRE(reply->notices().size() == 2);
    CHECK(asked(*reply, 1).at("method") == "notifications/cancelled");
    CHECK(asked(*reply, 1).at("params").at("requestId") == id);
    person.answer(id, ana);
    for (const auto& answer : reply->answers()) CHECK(answer.body.empty());
    CHECK(person.send(ask_name)->notices().size() == 1);  // the id is free again
  }
}

TEST_CASE("several questions are asked at once, and the tool goes on when all are answered") {
  Person person{Transport::stdio, "2025-11-25", R"({"elicitation":{"form":{},"url":{}},"sampling":{},"roots":{}})"};
  person.bench.publish({asking(
      "many",
      R"({"who":{"method":"elicitation/create","params":{"message":"Who?","requestedSchema":{"type":"object"}}},)"
      R"("page":{"method":"elicitation/create","params":{"mode":"url","message":"Go","url":"https://x.test/"}},)"
      R"("poem":{"method":"sampling/createMessage","params":{"messages":[],"maxTokens":5}},)"
      R"("places":{"method":"roots/list","params":{}}})")});
  const auto reply = person.send(call_of("many"));
  REQUIRE(reply->notices().size() == 4);
  const std::map<std::string, std::string> answers{
      {"elicitation/create", ana},
      {"sampling/createMessage", R"({"role":"assistant","content":{"type":"text","text":"Ode"},"model":"m"})"},
      {"roots/list", R"({"roots":[{"uri":"file:///x"}]})"}};
  for (std::size_t i = 4; i-- > 0;) {
    CHECK(reply->answers().empty());
    const auto question = asked(*reply, i);
    const std::string method{json::view(question.at("method").as_string())};
    if (json::find(question.at("params").as_object(), "url")) {
      CHECK(question.at("params").as_object().contains("elicitationId"));
    }
    person.answer(question.at("id").as_int64(), answers.at(method));
  }
  const auto heard = result_in(*reply).at("structuredContent").as_object();
  CHECK(heard.size() == 4);
  CHECK(heard.at("poem").at("content").at("text") == "Ode");
  CHECK(heard.at("places").at("roots").as_array().size() == 1);
}

TEST_CASE("who cannot be asked hears why as a tool error") {
  const auto hears = [](Person person, const std::string& frame) { return complaint(*person.send(frame)); };
  CHECK_THAT(hears(Person{Transport::http, "2025-11-25", "{}"}, ask_name), Catch::Contains("elicitation"));
  CHECK_THAT(hears(Person{Transport::http, "2025-03-26"}, ask_name), Catch::Contains("2025-03-26"));
  Person deaf{Transport::http};
  const auto reply = std::make_shared<FakeReply>();
  reply->refuse_notices();
  deaf.bench.endpoint->receive(ask_name, deaf.headers, reply, std::make_shared<const Principal>(deaf.bench.principal));
  CHECK_THAT(complaint(*reply), Catch::Contains("text/event-stream"));
  ProtocolBench bench{Transport::http};
  CHECK_THAT(complaint(*bench.send(ask_name, FakeHeaders{})), Catch::Contains("session"));
}

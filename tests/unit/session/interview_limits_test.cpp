// What a tool that asks may not: where questions cannot be put, when they are too many, and what they end with.
#include "core/protocol/legacy/interview.hpp"
#include "tests/unit/session/interview_bench.hpp"

using namespace tomada;
using namespace tomada::test;
using session::Transport;

TEST_CASE("a page to visit is asked for only in the revision that knows it") {
  Person person{Transport::stdio, "2025-06-18", R"({"elicitation":{"url":{}}})"};
  person.bench.publish({asking(
      "visit",
      R"({"page":{"method":"elicitation/create","params":{"mode":"url","message":"Go","url":"https://x.test/"}}})")});
  CHECK_THAT(complaint(*person.send(call_of("visit"))), Catch::Contains("2025-06-18"));
  Person older{Transport::stdio, "2025-06-18"};
  const auto reply = older.send(ask_name);
  CHECK_FALSE(asked(*reply).at("params").as_object().contains("mode"));
}

TEST_CASE("a tool that asks nothing is simply called again") {
  Person person{Transport::stdio};
  int calls = 0;
  person.bench.publish({std::make_shared<test::FakeTool>(test::described("again"), [&](const auto& call) {
    if (++calls == 3) {
      call->finish(test::result_of("{}"));
      return;
    }
    auto out = registry::Outcome::failed(registry::OutcomeKind::needs_input, {});
    out.requests = "{}";
    call->finish(std::move(out));
  })});
  CHECK(result_in(*person.send(call_of("again"))).contains("structuredContent"));
  CHECK(calls == 3);
}

TEST_CASE("when the server ends, a call that waits for a person ends with a word") {
  Person person{Transport::http};
  const auto reply = person.send(ask_name);
  person.bench.endpoint->end_streams();
  CHECK_THAT(complaint(*reply), Catch::Contains("shutting down"));
}

TEST_CASE(
    "a client that answers nothing is asked so many questions at a time; the next call hears why, until one is over") {
  for (const auto transport : {Transport::http, Transport::stdio}) {
    Person person{transport};
    const auto ask = [&](int id) {
      return person.send(text::concat({R"({"jsonrpc":"2.0","id":)", std::to_string(id),
                                       R"(,"method":"tools/call","params":{"name":"question"}})"}));
    };
    const auto first = ask(0);
    for (int id = 1; id < 32; ++id) CHECK(ask(id)->answers().empty());
    CHECK_THAT(complaint(*ask(32)), Catch::Contains("too many questions"));
    person.answer(asked(*first).at("id").as_int64(), ana);
    CHECK(ask(33)->answers().empty());
  }
}

TEST_CASE("a tool goes on with the arguments and the token of the request that it began with") {
  Person person{Transport::http};
  person.bench.publish({std::make_shared<test::FakeTool>(test::described("order"), [](const auto& call) {
    if (call->request().answers.empty()) return test::ask_for_a_name(call);
    call->progress({1, 2, {}});
    call->finish(test::result_of(call->arguments_text()));
  })});
  const auto reply = person.send(
      R"({"jsonrpc":"2.0","id":"c","method":"tools/call","params":{"name":"order","arguments":{"n":[1,{"a":"\u00e9"}]},)"
      R"("_meta":{"progressToken":"t","pad":"much"},"more":{}}})");
  person.answer(asked(*reply).at("id").as_int64(), ana);
  CHECK(json::text(result_in(*reply).at("structuredContent")) == "{\"n\":[1,{\"a\":\"é\"}]}");
  CHECK(asked(*reply, 1).at("params").at("progressToken") == "t");
  CHECK(json::read(reply->answers()[0].body).value().at("id") == "c");
}

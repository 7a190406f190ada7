#include "core/protocol/rounds.hpp"

#include "tests/support/protocol_bench.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace tomada;
using test::ProtocolBench;

const std::string can_ask = R"({"elicitation":{}})";

std::string call(std::string_view more = {}, std::string_view capabilities = can_ask,
                 std::string_view arguments = R"({"of":"us"})") {
  return text::concat({R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"question","arguments":)",
                       arguments, more, R"(,"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)",
                       R"("io.modelcontextprotocol/clientCapabilities":)", capabilities, "}}}"});
}

struct Person {
  ProtocolBench bench{session::Transport::stdio};

  json::object say(const std::string& frame) {
    return json::read(bench.send(frame)->answers().at(0).body).value().as_object();
  }
  std::string asked() { return std::string{json::view(say(call()).at("result").at("requestState").as_string())}; }
  static std::string answered(std::string_view state, std::string_view answers) {
    return text::concat({R"(,"requestState":")", state, R"(","inputResponses":)", answers});
  }
};

const std::string ana = R"({"name":{"action":"accept","content":{"name":"Ana"}}})";

}  // namespace

TEST_CASE("a tool that asks is called again with the answer and its own state") {
  Person person;
  const auto first = person.say(call()).at("result").as_object();
  CHECK(first.at("resultType") == "input_required");
  CHECK(first.at("inputRequests").at("name").at("method") == "elicitation/create");
  CHECK(first.at("_meta").as_object().contains("io.modelcontextprotocol/serverInfo"));
  CHECK_FALSE(first.contains("ttlMs"));
  const std::string state{json::view(first.at("requestState").as_string())};
  CHECK(state.find("round") == std::string::npos);
  const auto second = person.say(call(Person::answered(state, ana))).at("result").as_object();
  CHECK(second.at("resultType") == "complete");
  CHECK(second.at("structuredContent").at("state") == "round 1");
  CHECK(second.at("structuredContent").at("answer").at("content").at("name") == "Ana");
}

TEST_CASE("a state that was changed, or sealed for another person, tool, method or argument, is refused") {
  Person person;
  const auto state = person.asked();
  const auto code = [&](const std::string& frame) { return person.say(frame).at("error").at("code").as_int64(); };
  auto changed = state;
  changed[changed.size() / 2] = changed[changed.size() / 2] == 'A' ? 'B' : 'A';
  CHECK(code(call(Person::answered(changed, ana))) == -32602);
  CHECK(code(call(Person::answered("AAAA", ana))) == -32602);
  CHECK(code(call(Person::answered(state, ana), can_ask, R"({"of":"them"})")) == -32602);
  CHECK(code(call(R"(,"requestState":7)")) == -32602);
  CHECK(code(call(R"(,"inputResponses":[])")) == -32602);
  person.bench.principal.subject = "somebody else";
  CHECK(code(call(Person::answered(state, ana))) == -32602);
  person.bench.principal.subject.clear();
  person.bench.clock.advance(Milliseconds{600'001});
  CHECK(code(call(Person::answered(state, ana))) == -32602);
}

TEST_CASE("what does not answer the question is asked again, what was not asked is ignored") {
  Person person;
  const auto state = person.asked();
  for (const auto* answers :
       {"{}", R"({"name":7})", R"({"name":null})", R"({"name":{"action":"maybe"}})", R"({"name":{"content":{}}})",
        R"({"name":{"action":"accept","content":"Ana"}})", R"({"nome":{"action":"accept"}})"}) {
    CAPTURE(answers);
    CHECK(person.say(call(Person::answered(state, answers))).at("result").at("resultType") == "input_required");
  }
  const auto more = R"({"other":{"action":"accept"},"name":{"action":"decline"}})";
  const auto declined = person.say(call(Person::answered(state, more))).at("result").as_object();
  CHECK(declined.at("structuredContent").at("answer").at("action") == "decline");
}

TEST_CASE("a client that cannot be asked hears which capability is missing") {
  Person person;
  for (const auto* capabilities : {"{}", R"({"elicitation":{"url":{}}})", R"({"sampling":{}})"}) {
    CAPTURE(capabilities);
    const auto error = person.say(call({}, capabilities)).at("error").as_object();
    CHECK(error.at("code") == -32021);
    CHECK(error.at("data").at("requiredCapabilities").at("elicitation").as_object().contains("form"));
  }
  CHECK(person.say(call({}, R"({"elicitation":{"form":{}}})")).contains("result"));
}

TEST_CASE("progress never falls back for the token that heard of it, also when the call goes on as another request") {
  Person person;
  person.bench.publish({std::make_shared<test::FakeTool>(test::described("question"), &test::step_and_ask)});
  const auto with_token = [](std::string frame, std::string_view token) {
    const auto at = frame.find(R"("_meta":{)") + 9;
    return frame.insert(at, text::concat({R"("progressToken":)", token, ","}));
  };
  const auto first = person.bench.send(with_token(call(), "7"));
  CHECK(test::progress_in(first->notices()) == std::vector<double>{1, 2});
  const auto asked = json::read(first->answers().at(0).body).value();
  const auto state = json::view(asked.at("result").at("requestState").as_string());
  const auto told = [&](std::string_view token) {
    const auto reply = person.bench.send(with_token(call(Person::answered(state, ana)), token));
    return test::progress_in(reply->notices());
  };
  CHECK(told("7") == std::vector<double>{3});
  CHECK(told("8") == std::vector<double>{1, 2, 3});
  CHECK(told(R"("7")") == std::vector<double>{1, 2, 3});
}

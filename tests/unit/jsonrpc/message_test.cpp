#include "core/jsonrpc/message.hpp"

#include "core/jsonrpc/error.hpp"

#include <catch2/catch.hpp>

using tomada::jsonrpc::Code;
using tomada::jsonrpc::Id;
using tomada::jsonrpc::Kind;
using tomada::jsonrpc::Message;
using tomada::jsonrpc::MissingId;

namespace {

std::shared_ptr<Message> parse(std::string_view frame) { return Message::parse(frame, {}); }

std::string echoed(std::string_view id) {
  std::string frame = R"({"jsonrpc":"2.0","method":"ping","id":)";
  const auto message = parse(frame.append(id).append("}"));
  std::string out;
  tomada::jsonrpc::write(out, message->id());
  return out;
}

}  // namespace

TEST_CASE("a request carries its id, method, parameters and meta") {
  const auto message = parse(R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"x","_meta":{"a":1}}})");
  REQUIRE(message->kind() == Kind::request);
  CHECK(message->method() == "tools/call");
  CHECK(std::get<std::int64_t>(message->id()) == 7);
  REQUIRE(message->params() != nullptr);
  CHECK(message->params()->at("name").as_string() == "x");
  REQUIRE(message->meta() != nullptr);
  CHECK(message->meta()->at("a").as_int64() == 1);
}

TEST_CASE("ids are echoed with their type and every digit") {
  CHECK(echoed("7") == "7");
  CHECK(echoed("-3") == "-3");
  CHECK(echoed("1792000000123") == "1792000000123");
  CHECK(echoed("9223372036854775807") == "9223372036854775807");
  CHECK(echoed("18446744073709551615") == "18446744073709551615");
  CHECK(echoed(R"("7")") == R"("7")");
  CHECK(echoed(R"("a\"b\\c\u00e9")") == "\"a\\\"b\\\\c\u00e9\"");
  CHECK(echoed(R"("")") == R"("")");
}

TEST_CASE("an id that is no string and no integer makes the frame invalid") {
  for (const auto id : {"null", "1.5", "1.0", "1e3", "true", "{}", "[1]", "18446744073709551616"}) {
    std::string frame = R"({"jsonrpc":"2.0","method":"ping","id":)";
    const auto message = parse(frame.append(id).append("}"));
    INFO(id);
    CHECK(message->kind() == Kind::invalid);
    CHECK(message->id() == Id{});
    CHECK_THAT(message->problem(), Catch::Contains("\"id\""));
  }
}

TEST_CASE("a key that appears twice makes a message unreadable; what is no message either way is JSON") {
  for (const auto* frame :
       {R"({"jsonrpc":"2.0","id":1,"id":2,"method":"ping"})", R"({"method":"a","method":"b"})",
        R"([{"jsonrpc":"2.0","id":1,"method":"ping"},{"a":1,"a":2}])", R"({"id":1,"params":{"a":{"b":1,"b":2}}})"}) {
    INFO(frame);
    CHECK_FALSE(parse(frame)->is_json());
    CHECK_THAT(parse(frame)->problem(), Catch::Contains("twice"));
  }
  for (const auto* frame :
       {R"({"a":"b","a":"c"})", R"({"a":{"b":1,"b":1}})", R"({"js#nrpc":"2.0","js#nrpc":"notifications/no/such"})"}) {
    INFO(frame);
    CHECK(parse(frame)->is_json());
    CHECK(parse(frame)->kind() == Kind::invalid);
    CHECK_THAT(parse(frame)->problem(), Catch::Contains("jsonrpc"));
  }
}

TEST_CASE("without an id a method is a notification, without a method an id is a response") {
  CHECK(parse(R"({"jsonrpc":"2.0","method":"notifications/initialized"})")->kind() == Kind::notification);
  CHECK(parse(R"({"jsonrpc":"2.0","id":1,"result":{}})")->kind() == Kind::response);
  CHECK(parse(R"({"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"x"}})")->kind() == Kind::response);
  CHECK(parse(R"({"jsonrpc":"2.0","error":{"code":1,"message":"x"}})")->kind() == Kind::response);
}

TEST_CASE("frames of a wrong shape say what is wrong and keep a readable id") {
  struct Row {
    std::string_view frame, problem;
  };
  for (const auto& row :
       {Row{R"({"id":4,"method":"ping"})", "\"jsonrpc\""},
        Row{R"({"jsonrpc":"1.0","id":4,"method":"ping"})", "\"jsonrpc\""},
        Row{R"({"jsonrpc":2.0,"id":4,"method":"ping"})", "\"jsonrpc\""},
        Row{R"({"jsonrpc":"2.0","id":4})", "\"method\""}, Row{R"({"jsonrpc":"2.0","id":4,"method":5})", "\"method\""},
        Row{R"({"jsonrpc":"2.0","id":4,"method":"ping","params":[1]})", "\"params\""},
        Row{R"({"jsonrpc":"2.0","id":4,"method":"ping","params":null})", "\"params\""}}) {
    const auto message = parse(row.frame);
    INFO(row.frame);
    CHECK(message->is_json());
    CHECK(message->kind() == Kind::invalid);
    CHECK(message->id() == Id{std::int64_t{4}});
    CHECK_THAT(message->problem(), Catch::Contains(std::string{row.problem}));
  }
  for (const auto frame : {"5", "\"x\"", "null", "[]"}) CHECK(parse(frame)->kind() == Kind::invalid);
}

TEST_CASE("what is no JSON is told apart from what is no frame") {
  const std::string deep(10'000, '[');
  for (const std::string& frame :
       {std::string{"{"}, std::string{}, std::string{R"({"jsonrpc":"2.0","id":1,"id":2,"method":"ping"})"}, deep,
        std::string{"{\"jsonrpc\":\"2.0\",\"method\":\"\xff\"}"}, std::string{R"({"a":NaN})"}}) {
    const auto message = parse(frame);
    INFO(frame.substr(0, 60));
    CHECK_FALSE(message->is_json());
    CHECK(message->kind() == Kind::invalid);
    CHECK_FALSE(message->problem().empty());
  }
  CHECK_FALSE(Message::parse(R"({"jsonrpc":"2.0","method":"ping"})", {.depth = 16, .bytes = 8})->is_json());
}

TEST_CASE("the frames of a batch outlive the batch's own handle") {
  auto batch = parse(R"([{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":"two","method":"x"},[]])");
  REQUIRE(batch->kind() == Kind::batch);
  const auto second = Message::element(batch, 1);
  const auto third = Message::element(batch, 2);
  batch.reset();
  CHECK(second->kind() == Kind::request);
  CHECK(second->method() == "x");
  CHECK(second->id() == Id{std::string{"two"}});
  CHECK(third->kind() == Kind::invalid);
}

TEST_CASE("an error answer echoes the id, or leaves it out, or says null, as its reader's revision wants") {
  CHECK(tomada::jsonrpc::error_answer(Id{std::int64_t{3}}, Code::method_not_found, "no \"x\"") ==
        R"({"jsonrpc":"2.0","id":3,"error":{"code":-32601,"message":"no \"x\""}})");
  CHECK(tomada::jsonrpc::error_answer(Id{}, Code::parse_error, "bad", R"({"a":1})") ==
        R"({"jsonrpc":"2.0","error":{"code":-32700,"message":"bad","data":{"a":1}}})");
  CHECK(tomada::jsonrpc::error_answer(Id{}, Code::parse_error, "bad", {}, MissingId::null) ==
        R"({"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"bad"}})");
}

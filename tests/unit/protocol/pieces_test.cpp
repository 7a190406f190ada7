#include "core/base/base64.hpp"
#include "core/base/text.hpp"
#include "core/protocol/call_result.hpp"
#include "core/protocol/completion.hpp"
#include "core/protocol/cursor.hpp"
#include "core/protocol/listings.hpp"
#include "core/protocol/modern/mirror.hpp"
#include "core/protocol/modern/parameter_headers.hpp"
#include "core/protocol/notices.hpp"
#include "core/protocol/splice.hpp"
#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>

using namespace tomada;
using namespace tomada::protocol;

namespace {

class NoReply final : public jsonrpc::Reply {
 public:
  void notify(std::string) override {}
  void answer(jsonrpc::Answer) override {}
  void on_disconnect(std::function<void()>) override {}
};

// Every header has the one value.
class OneHeader final : public jsonrpc::HeaderView {
 public:
  explicit OneHeader(std::string_view value) : value_{value} {}
  bool is_present() const noexcept override { return true; }
  std::optional<std::string_view> find(std::string_view) const noexcept override { return value_; }
  bool is_ambiguous(std::string_view) const noexcept override { return false; }
  bool accepts_answers() const noexcept override { return true; }

 private:
  std::string_view value_;
};

Request asking(const jsonrpc::HeaderView& headers, std::string_view meta) {
  const auto frame = text::concat({R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"_meta":)", meta, "}}"});
  Request out{jsonrpc::Message::parse(frame, {}), headers, std::make_shared<NoReply>(), nullptr, nullptr, "http"};
  out.revision = &modern_revision();
  return out;
}

std::string spliced(std::string_view json) {
  std::string out;
  splice(out, json);
  return out;
}

}  // namespace

TEST_CASE("base64 keeps every byte and refuses what is not canonical") {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all.push_back(static_cast<char>(byte));
  for (std::size_t size = 0; size <= all.size(); ++size) {
    const auto part = all.substr(0, size);
    CHECK(base64::decode_url(base64::encode_url(part)) == part);
  }
  CHECK(base64::decode("") == "");
  CHECK(base64::decode("SGVsbG8=") == "Hello");
  CHECK(base64::decode("SGVsbG8+") == "Hello>");
  for (const auto bad :
       {"SGVsbG8", "SGVsbG8==", "SGVs!!!bG8=", "SGVsbG9=", "=", "====", "SGVsbG8-", "A", "SGVs bG8="}) {
    INFO(bad);
    CHECK_FALSE(base64::decode(bad));
  }
}

TEST_CASE("a cursor names the last entry shown and nothing else is one") {
  CHECK(cursor::last_key('1', cursor::after('1', "erp_receivables")) == "erp_receivables");
  for (const auto bad : {"", "x", "erp_receivables", "MQ", "MTo", "MjphYmM"}) {  // the last three: "1", "1:", "2:abc"
    INFO(bad);
    CHECK_FALSE(cursor::last_key('1', bad));
  }
}

TEST_CASE("a header value is text, or base64 when both markers are there") {
  CHECK(modern::decode_value("plain text") == "plain text");
  CHECK(modern::decode_value("=?base64?w6lyaWNh?=") == "\u00e9rica");
  CHECK(modern::decode_value("=?base64?"
                             "?=") == "");
  CHECK(modern::decode_value("=?Base64?SGVsbG8=?=") == "=?Base64?SGVsbG8=?=");
  CHECK(modern::decode_value("=?base64?=") == "=?base64?=");
  CHECK_FALSE(modern::decode_value("=?base64?/w==?="));  // a byte that is no UTF-8
  CHECK_FALSE(modern::decode_value("caf\xc3\xa9"));
  CHECK_FALSE(modern::decode_value(std::string_view{"a\0b", 3}));
}

TEST_CASE("parameter headers are found under properties only") {
  const auto found = modern::parameter_headers(R"({"type":"object","properties":{
      "region":{"type":"string","x-mcp-header":"Region"},
      "page":{"properties":{"size":{"type":"integer","x-mcp-header":"Page-Size"}}},
      "list":{"items":{"properties":{"no":{"x-mcp-header":"No"}}}}},
    "anyOf":[{"properties":{"no":{"x-mcp-header":"No"}}}]})");
  REQUIRE(found.size() == 2);
  CHECK(found[0].header == "Mcp-Param-Region");
  CHECK(found[1].header == "Mcp-Param-Page-Size");
  CHECK(found[1].path == std::vector<std::string>{"page", "size"});
  CHECK(modern::parameter_headers("{}").empty());
}

TEST_CASE("an integer and its header are the same number, and one that clients cannot write exactly is refused") {
  const auto agrees = [](std::string_view header, std::string_view number) {
    const auto arguments = json::read(text::concat({R"({"page":)", number, "}"})).value();
    return !modern::parameter_problem({{"page"}, "Mcp-Param-Page"}, &arguments.get_object(), OneHeader{header});
  };
  CHECK(agrees("42", "42"));
  CHECK(agrees("42.0", "42"));
  CHECK(agrees("42", "42.0"));
  CHECK(agrees("9007199254740991", "9007199254740991"));
  CHECK(agrees("-9007199254740991", "-9007199254740991"));
  CHECK_FALSE(agrees("9007199254740990", "9007199254740991"));
  CHECK_FALSE(agrees("9007199254740992", "9007199254740993"));
  CHECK_FALSE(agrees("9007199254740992", "9007199254740992"));
  CHECK_FALSE(agrees("-9007199254740992", "-9007199254740993"));
  CHECK_FALSE(agrees("18446744073709551615", "18446744073709551615"));
  CHECK_FALSE(agrees("42x", "42"));
}

TEST_CASE("a context that completion cannot read is refused as all else beside it is") {
  const auto problem = [](std::string_view more) {
    const auto frame =
        text::concat({R"({"jsonrpc":"2.0","id":1,"method":"completion/complete","params":{)",
                      R"("ref":{"type":"ref/prompt","name":"p"},"argument":{"name":"a","value":""})", more, "}}"});
    return completion::complete_problem(*jsonrpc::Message::parse(frame, {}));
  };
  CHECK_FALSE(problem(""));
  CHECK_FALSE(problem(R"(,"context":{})"));
  CHECK_FALSE(problem(R"(,"context":{"arguments":{"b":"chosen"}})"));
  for (const auto* wrong : {"5", "null", R"({"arguments":5})", R"({"arguments":{"b":"chosen","c":5}})"}) {
    INFO(wrong);
    const auto found = problem(text::concat({R"(,"context":)", wrong}));
    REQUIRE(found);
    CHECK(found->code == jsonrpc::Code::invalid_params);
  }
}

TEST_CASE("spliced JSON stays on one line and keeps its bytes") {
  CHECK(spliced("{\"a\": [1,\r\n 2]}") == "{\"a\": [1,   2]}");
  CHECK(spliced(R"({"a":"x\ny"})") == R"({"a":"x\ny"})");
  std::string out;
  splice_members(out, " {} ");
  CHECK(out.empty());
  splice_members(out, R"({ "a":1 })");
  CHECK(out == R"(,"a":1)");
}

TEST_CASE("whole numbers are written as such") {
  const auto written = [](double number) {
    std::string out;
    write_number(out, number);
    return out;
  };
  CHECK(written(50) == "50");
  CHECK(written(-0.5) == "-0.5");
  CHECK(written(0) == "0");
  CHECK(written(1e300) == "1e+300");
}

TEST_CASE("progress beyond the first notices waits for breath, but its end is always told") {
  test::ManualClock clock;
  const jsonrpc::NoHeaders headers;
  const auto request = asking(headers, R"({"progressToken":"t"})");
  Notices notices{request, clock};
  const auto tell = [&](double done) { return notices.progress({done, 1000.0, {}}).has_value(); };
  int told = 0;
  for (int step = 1; step <= 500; ++step) told += tell(step);
  CHECK(told == 64);
  clock.advance(Milliseconds{50});
  CHECK(tell(501));
  CHECK_FALSE(tell(502));
  CHECK(tell(1000));
  CHECK_FALSE(notices.progress({std::numeric_limits<double>::quiet_NaN(), {}, {}}));
}

TEST_CASE("a tool shows of itself what the revision has a place for") {
  registry::ToolDescription tool;
  tool.name = "t";
  tool.title = "T";
  tool.description = "Does it.";
  tool.input_schema = R"({"type":"object"})";
  tool.output_schema = R"({"type":"object"})";
  tool.annotations = {true, false, true, false};
  tool.meta = R"({"acme/size":1})";
  const auto shown = [&](std::string_view revision) {
    std::string out;
    write_tool(out, tool, *find_revision(revision));
    return out;
  };
  const std::string flags =
      R"("readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false)";
  CHECK(shown("2024-11-05") == R"({"name":"t","description":"Does it.","inputSchema":{"type":"object"}})");
  CHECK(shown("2025-03-26") ==
        R"({"name":"t","description":"Does it.","inputSchema":{"type":"object"},"annotations":{"title":"T",)" + flags +
            "}}");
  CHECK(shown("2025-06-18") == R"({"name":"t","title":"T","description":"Does it.","inputSchema":{"type":"object"},)"
                               R"("outputSchema":{"type":"object"},"annotations":{)" +
                                   flags + R"(},"_meta":{"acme/size":1}})");
  CHECK(shown("2026-07-28") == shown("2025-06-18"));
}

TEST_CASE("retry seconds are rounded up") {
  auto outcome = registry::Outcome::failed(registry::OutcomeKind::refused, "busy");
  CHECK(retry_seconds(outcome) == 0);
  outcome.retry_after = Milliseconds{1};
  CHECK(retry_seconds(outcome) == 1);
  outcome.retry_after = Milliseconds{2000};
  CHECK(retry_seconds(outcome) == 2);
}

TEST_CASE("revisions are known by name, newest first, and junk counts as modern") {
  CHECK(revisions().front().name == "2026-07-28");
  CHECK(std::is_sorted(revisions().rbegin(), revisions().rend(), [](auto& a, auto& b) { return a.name < b.name; }));
  CHECK(find_revision("2025-06-18")->era == Era::legacy);
  CHECK(find_revision("2025-06-19") == nullptr);
  CHECK(names_modern("v999.0.0"));
  CHECK_FALSE(names_modern("2025-11-25"));
}

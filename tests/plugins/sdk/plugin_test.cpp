#include <tomada/testing.hpp>

#include <catch2/catch.hpp>

#include <stdexcept>

using namespace tomada::testing;
using namespace tomada::sdk;

namespace {

class Every {
 public:
  explicit Every(Host host) : host_{host} {
    if (host.config().contains("refuse")) throw std::runtime_error("the settings say no");
  }
  std::vector<Tool<Every>> tools() {
    std::vector<Tool<Every>> out{tool("answer", "{}", &Every::answer), tool("fail", "{}", &Every::fail),
                                 tool("ask", "{}", &Every::ask), tool("tell", "{}", &Every::tell)};
    if (host_.config().contains("more")) out.push_back(tool("more", "{}", &Every::more, TOMADA_TOOL_SERIAL));
    return out;
  }
  [[nodiscard]] json::object health() const { return {{"status", "degraded"}, {"reason", "half full"}}; }

  Answer answer(const json::object& arguments, Call& call) {
    Answer out{json::object{{"got", arguments}, {"who", call.principal().at("subject")}}, "words"};
    out.meta = {{"example/key", 1}};
    out.source = "demo";
    out.age_ms = 9;
    out.refresh_in_ms = 8;
    out.read_at_ms = 7;
    out.is_copy = true;
    return out;
  }
  Answer fail(const json::object& arguments, Call& call) {
    const auto& how = arguments.at("how").as_string();
    if (how == "tool") throw ToolError{"for the model"};
    if (how == "params") throw InvalidParams{"for the caller"};
    if (how == "number") throw 7;
    if (how == "silent") throw ToolError{""};
    if (how == "silent params") throw InvalidParams{""};
    if (how == "cancelled") throw Cancelled{};
    call.check();
    throw std::logic_error("a bug");
  }
  Answer ask(const json::object&, Call& call) {
    call.keep("page 2");
    const auto sure = call.ask("sure", "Really?", {{"type", "object"}});
    return json::object{{"action", sure.at("action")}, {"state", std::string{call.state()}}};
  }
  json::value tell(const json::object&, Call& call) const {
    call.progress(1, 2, "half");
    call.hang_up();
    call.log(TOMADA_INFO, "a line");
    host_.log(TOMADA_WARNING, "outside");
    return {{"done", true}};
  }
  Answer more(const json::object&, Call&) { return {}; }

 private:
  Host host_;
};

const tomada_plugin& entry() {
  struct Tools {
    static std::vector<Tool<Every>> of(Every& plugin) { return plugin.tools(); }
  };
  static constexpr auto out = Adapter<Every, Tools>::entry("test.every", "1.0.0");
  return out;
}

}  // namespace

TEST_CASE("an answer becomes structured facts, one text block, meta and its source") {
  FakeHost host;
  const Plugin plugin{host, entry()};
  const auto outcome = run(plugin, "answer", {{"n", 1}});
  CHECK(outcome.is_result());
  CHECK(outcome.structured.at("got").at("n") == 1);
  CHECK(outcome.structured.at("who") == "tester");
  CHECK(outcome.text() == "words");
  CHECK(outcome.meta.at("example/key") == 1);
  CHECK(outcome.source == "demo");
  CHECK(outcome.age_ms == 9);
  CHECK(outcome.refresh_in_ms == 8);
  CHECK(outcome.read_at_ms == 7);
  CHECK(outcome.is_copy);
}

TEST_CASE("each exception has its reader") {
  FakeHost host;
  const Plugin plugin{host, entry()};
  CHECK(run(plugin, "fail", {{"how", "tool"}}).kind == TOMADA_TOOL_ERROR);
  CHECK(run(plugin, "fail", {{"how", "tool"}}).message == "for the model");
  CHECK(run(plugin, "fail", {{"how", "params"}}).kind == TOMADA_INVALID_PARAMS);
  CHECK(run(plugin, "fail", {{"how", "number"}}).kind == TOMADA_TOOL_ERROR);
  CallOptions cancelled;
  cancelled.is_cancelled = true;
  CHECK(run(plugin, "fail", {{"how", "bug"}}, cancelled).kind == TOMADA_CANCELLED);
}

TEST_CASE("what an exception for nobody says reaches the log, not the model") {
  FakeHost host;
  const Plugin plugin{host, entry()};
  const auto outcome = run(plugin, "fail", {{"how", "bug"}});
  CHECK(outcome.kind == TOMADA_TOOL_ERROR);
  CHECK(
      outcome.message ==
      "the tool failed inside; try again, or give the operator 0123456789abcdef0123456789abcdef: the server's log has "
      "the reason under it");
  CHECK(outcome.log == std::vector<std::string>{"the tool threw: a bug"});
}

TEST_CASE("a failure without words gets some") {
  FakeHost host;
  const Plugin plugin{host, entry()};
  CHECK(run(plugin, "fail", {{"how", "silent"}}).message ==
        "the tool failed without saying why; its author should look");
  CHECK(run(plugin, "fail", {{"how", "silent params"}}).message ==
        "these arguments make no sense together; the tool does not say why");
  const auto cancelled = run(plugin, "fail", {{"how", "cancelled"}});
  CHECK(cancelled.kind == TOMADA_CANCELLED);
  CHECK(cancelled.message == "the call was cancelled");
}

TEST_CASE("arguments, answers and settings may be as deep as the server reads them") {
  FakeHost host;
  const auto nested = [](int levels) {
    json::value out = 7;
    for (int i = 0; i < levels; ++i) out = json::array{std::move(out)};
    return out;
  };
  host.config = {{"deep", nested(127)}};
  const Plugin plugin{host, entry()};
  CHECK(host.host().config().at("deep") == nested(127));
  CHECK(run(plugin, "answer", {{"deep", nested(120)}}).is_result());
  CallOptions options;
  options.answers = write(json::object{{"sure", {{"action", nested(120)}}}});
  CHECK(run(plugin, "ask", {}, options).is_result());
  CHECK_THROWS(read_json(std::string(129, '[') + std::string(129, ']')));
}

TEST_CASE("a question ends the call, and the answer comes back with the state") {
  FakeHost host;
  const Plugin plugin{host, entry()};
  const auto question = run(plugin, "ask");
  CHECK(question.kind == TOMADA_NEEDS_INPUT);
  CHECK(question.state == "page 2");
  const auto& form = question.requests.at("sure").at("params");
  CHECK(form.at("message") == "Really?");
  CHECK(form.at("requestedSchema").at("type") == "object");

  CallOptions options;
  options.answers = R"({"sure": {"action": "accept"}})";
  options.state = question.state;
  const auto answered = run(plugin, "ask", {}, options);
  CHECK(answered.structured.at("action") == "accept");
  CHECK(answered.structured.at("state") == "page 2");
}

TEST_CASE("progress and log lines go where they belong") {
  FakeHost host;
  const Plugin plugin{host, entry()};
  const auto outcome = run(plugin, "tell");
  CHECK(outcome.progress == std::vector<std::string>{"half"});
  CHECK(outcome.has_hung_up);
  CHECK(outcome.log == std::vector<std::string>{"a line"});
  CHECK(host.log == std::vector<std::string>{"outside"});
}

TEST_CASE("tools may depend on the settings, and health is offered when the class has it") {
  FakeHost host;
  CHECK(Plugin(host, entry()).tools() == std::vector<std::string>{"answer", "fail", "ask", "tell"});
  host.config = {{"more", true}};
  CHECK(Plugin(host, entry()).tools().size() == 5);
  CHECK(Plugin(host, entry()).health().at("reason") == "half full");
}

TEST_CASE("a constructor that throws is a refusal with its sentence") {
  FakeHost host;
  host.config = {{"refuse", true}};
  CHECK_THROWS_WITH(Plugin(host, entry()), "load refused: the settings say no");
}

TEST_CASE("without a service the host behaves as if there were nothing") {
  FakeHost host;
  host.store["key"] = "value";
  host.withheld = {TOMADA_STORE, TOMADA_HTTP, TOMADA_METRICS, TOMADA_HEALTH_READ, TOMADA_CONFIG};
  const auto bare = host.host();
  CHECK_FALSE(bare.save("key", "value"));
  CHECK_FALSE(bare.load("key"));
  CHECK(bare.scan().empty());
  CHECK(bare.config().empty());
  bare.counter("some_total", "Some.").add();
  CHECK_THROWS_AS(bare.health_report(), ToolError);
  const auto response = bare.fetch(nullptr, {});
  CHECK(response.status == 0);
  CHECK(response.body == "this plugin was not granted tomada.http/1; add it to the instance's services");
}

TEST_CASE("the fake host plays upstreams, records, metrics and time") {
  FakeHost fake;
  const auto host = fake.host();
  HttpRequest request;
  request.upstream = "erp";
  request.path = "/orders";
  request.headers = {{"accept", "text/plain"}};
  fake.answer("erp", "/orders", "first");
  fake.answer("erp", "/orders", "second", 503);
  CHECK(host.fetch(nullptr, request).body == "first");
  CHECK(host.fetch(nullptr, request).status == 503);
  CHECK(host.fetch(nullptr, request).body == "second");
  CHECK(fake.requests.back().headers.at("accept") == "text/plain");

  CHECK(host.save("a/1", "x"));
  CHECK(host.scan("a/") == std::vector<Record>{{"a/1", "x"}});
  CHECK(host.erase("a/1"));
  CHECK_FALSE(host.erase("a/1"));

  host.gauge("level_ratio", "A level.").set(0.5);
  CHECK(host.metric("level_ratio") == 0.5);
  CHECK_FALSE(host.metric("unknown"));
  fake.unix_ms = 42;
  CHECK(host.unix_ms() == 42);
}

TEST_CASE("an answer whose headers cannot be read is no answer, and no exception for the host") {
  HttpResponse response;
  const std::string_view headers = "[1";
  tomada_http_response raw{};
  raw.size = sizeof raw;
  raw.status = 200;
  raw.headers = text(headers);
  tomada::sdk::detail::receive(&response, &raw);
  CHECK(response.status == 0);
  CHECK(response.body == "the answer could not be read; try again");
}

#pragma once
// ProtocolBench: a session endpoint over the real dispatcher and tools made for tests, one per behaviour.
#include "core/base/text.hpp"
#include "core/dispatch/stages/authorise.hpp"
#include "core/dispatch/stages/validate.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/session/endpoint.hpp"
#include "tests/support/fake_exchange.hpp"
#include "tests/support/manual_clock.hpp"

#include <cstdio>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unistd.h>
#include <vector>

namespace tomada::test {

class FakeTool final : public registry::Tool {
 public:
  using Work = std::function<void(const std::shared_ptr<registry::Call>&)>;
  FakeTool(registry::ToolDescription description, Work work)
      : description_{std::move(description)},
        input_{schema::Schema::compile(json::read(description_.input_schema).value()).value()},
        work_{std::move(work)} {}

  [[nodiscard]] const registry::ToolDescription& description() const noexcept override { return description_; }
  [[nodiscard]] const schema::Schema& input() const noexcept override { return input_; }
  [[nodiscard]] const schema::Schema* output() const noexcept override { return nullptr; }
  void start(std::shared_ptr<registry::Call> call) override { work_(call); }

 private:
  registry::ToolDescription description_;
  schema::Schema input_;
  Work work_;
};

inline registry::ToolDescription described(std::string name, std::string input = R"({"type":"object"})") {
  registry::ToolDescription out;
  out.name = std::move(name);
  out.plugin = "fake";
  out.version = "1.0.0";
  out.title = "Title of " + out.name;
  out.description = "Does " + out.name + ".";
  out.input_schema = std::move(input);
  out.annotations = {true, false, true, false};
  return out;
}

// Calls that a test finishes by hand, on whatever thread.
class WaitingCalls final {
 public:
  using Calls = std::vector<std::shared_ptr<registry::Call>>;
  void add(const std::shared_ptr<registry::Call>& call) {
    const std::lock_guard lock{mutex_};
    calls_.push_back(call);
  }
  [[nodiscard]] Calls all() const {
    const std::lock_guard lock{mutex_};
    return calls_;
  }
  [[nodiscard]] std::shared_ptr<registry::Call> at(std::size_t index) const { return all().at(index); }
  [[nodiscard]] std::size_t size() const { return all().size(); }
  void clear() {
    const std::lock_guard lock{mutex_};
    calls_.clear();
  }

 private:
  mutable std::mutex mutex_;  // guards calls_
  Calls calls_;
};

class ProtocolBench final {
 public:
  explicit ProtocolBench(session::Transport transport, std::size_t list_page = 100, Milliseconds ping_interval = {})
      : endpoint_transport_{transport}, service_{dispatcher_,          roles_,   clock, seal_, identity(),
                                                 Milliseconds{60'000}, list_page} {
    service_.changes = &changes;
    publish(standard_tools());
    endpoint = std::make_unique<session::Endpoint>(service_, transport, json::Limits{.depth = 64, .bytes = 1u << 20},
                                                   log, metrics, ping_interval);
  }
  ~ProtocolBench() { std::filesystem::remove(log_file_); }

  std::shared_ptr<FakeReply> send(std::string_view frame, const jsonrpc::HeaderView& headers = jsonrpc::NoHeaders{}) {
    auto reply = std::make_shared<FakeReply>();
    endpoint->receive(frame, headers, reply, std::make_shared<const Principal>(principal));
    return reply;
  }
  void publish(registry::Tools tools, registry::Prompts prompts = {}, registry::Resources resources = {}) {
    registry_.publish(std::make_shared<const registry::Catalogue>(
        registry::Catalogue::of(std::move(tools), std::move(prompts), std::move(resources)).value()));
  }
  [[nodiscard]] std::string logged() const;
  [[nodiscard]] std::vector<std::shared_ptr<registry::Tool>> standard_tools();

  ManualClock clock;
  metrics::Registry metrics;
  registry::Changes changes;
  Principal principal;
  WaitingCalls waiting;        // calls of the tool "wait"
  registry::CallRequest last;  // what the tool "echo" was asked

 private:
  static protocol::Identity identity() { return {"tomada", "Tomada", "1.2.3", "Ask for receivables first."}; }
  [[nodiscard]] std::vector<std::unique_ptr<dispatch::Stage>> stages() const {
    std::vector<std::unique_ptr<dispatch::Stage>> out;
    out.push_back(std::make_unique<dispatch::Authorise>(roles_));
    out.push_back(std::make_unique<dispatch::Validate>());
    return out;
  }
  static std::filesystem::path fresh_log_file() {
    static std::atomic<int> counter{0};
    return std::filesystem::temp_directory_path() /
           ("tomada-bench-" + std::to_string(::getpid()) + "-" + std::to_string(++counter) + ".log");
  }

  const std::filesystem::path log_file_ = fresh_log_file();
  session::Transport endpoint_transport_;
  registry::Registry registry_;
  const auth::Seal seal_{auth::SealKey{1, 2, 3}, clock, Milliseconds{600'000}};
  const auth::Roles roles_{{{"clerk", {{"add", "echo"}, false}}}};

 public:
  log::Logger log{{log::Level::debug, log_file_.string()}, clock, metrics};

 private:
  dispatch::Dispatcher dispatcher_{registry_, stages(), clock};
  protocol::Service service_;

 public:
  [[nodiscard]] dispatch::Dispatcher& dispatcher() { return dispatcher_; }
  [[nodiscard]] protocol::Service& service() { return service_; }
  std::unique_ptr<session::Endpoint> endpoint;
};

inline registry::Outcome result_of(std::string structured, std::string content = {}) {
  registry::Outcome out;
  out.kind = registry::OutcomeKind::result;
  out.structured = std::move(structured);
  out.content = std::move(content);
  out.freshness.source = "demo";
  return out;
}

inline registry::Outcome refused_for(Milliseconds time) {
  auto out = registry::Outcome::failed(registry::OutcomeKind::refused, "the upstream \"omie\" is at its limit");
  out.retry_after = time;
  return out;
}

// Asks for a name, then tells what came back.
inline void ask_for_a_name(const std::shared_ptr<registry::Call>& call) {
  const auto& request = call->request();
  const auto answers = request.answers.empty() ? json::object{} : json::read(request.answers).value().as_object();
  if (const auto* answer = json::find_object(answers, "name")) {
    call->finish(result_of(R"({"answer":)" + json::text(*answer) + R"(,"state":")" + request.state + "\"}"));
    return;
  }
  auto asking = registry::Outcome::failed(registry::OutcomeKind::needs_input, {});
  asking.state = "round 1";
  asking.requests = R"({"name":{"method":"elicitation/create","params":{"mode":"form","message":"Who?",)"
                    R"("requestedSchema":{"type":"object","properties":{"name":{"type":"string"}}}}}})";
  call->finish(std::move(asking));
}

// Reports 1 and 2 of 3 whenever it is entered, then asks; with the answer it reports the third.
inline void step_and_ask(const std::shared_ptr<registry::Call>& call) {
  call->progress({1, 3, {}});
  call->progress({2, 3, {}});
  if (call->request().answers.empty()) return ask_for_a_name(call);
  call->progress({3, 3, {}});
  call->finish(result_of("{}"));
}

// The values that were reported, in order.
inline std::vector<double> progress_in(const std::vector<std::string>& notices) {
  std::vector<double> out;
  for (const auto& notice : notices) {
    const auto frame = json::read(notice).value();
    if (frame.at("method") == "notifications/progress")
      out.push_back(frame.at("params").at("progress").to_number<double>());
  }
  return out;
}

inline void take_steps(const std::shared_ptr<registry::Call>& call) {
  call->progress({0, 100, "begun"});
  call->log(0, "looking");
  call->progress({50.5, 100, {}});
  call->progress({50.5, 100, "not further"});
  call->log(2, "slow page");
  call->progress({100, 100, "done"});
  call->finish(result_of("{}", R"([{"type":"text","text":"three steps"}])"));
}

inline std::vector<std::shared_ptr<registry::Tool>> ProtocolBench::standard_tools() {
  std::vector<std::shared_ptr<registry::Tool>> out;
  const auto add = [&](registry::ToolDescription description, FakeTool::Work work) {
    out.push_back(std::make_shared<FakeTool>(std::move(description), std::move(work)));
  };
  using Call = std::shared_ptr<registry::Call>;
  auto sum = described(
      "add", R"({"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"required":["a"]})");
  sum.output_schema = R"({"type":"object","properties":{"sum":{"type":"integer"}}})";
  add(sum, [](const Call& call) {
    const auto number = [&](const char* name) {
      return json::find(call->arguments(), name) ? call->arguments().at(name).as_int64() : 0;
    };
    call->finish(result_of("{\"sum\":" + std::to_string(number("a") + number("b")) + "}"));
  });
  add(described("break"),
      [](const Call& call) { call->finish(registry::Outcome::failed(registry::OutcomeKind::internal, {})); });
  add(described("busy"), [](const Call& call) { call->finish(refused_for(Milliseconds{2500})); });
  add(described(
          "echo",
          R"({"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"},"page":{"type":"object","properties":{"size":{"type":"integer","x-mcp-header":"Page-Size"}}}}})"),
      [this](const Call& call) {
        last = call->request();
        call->finish(result_of(call->arguments_text()));
      });
  add(described("fail"),
      [](const Call& call) { call->finish(registry::Outcome::tool_error("no customer \"7\"; search first")); });
  auto list = described("list");
  list.output_schema = R"({"type":"array"})";
  add(list, [](const Call& call) { call->finish(result_of("[1,\n 2]", "[\n{\"type\":\"text\",\"text\":\"1, 2\"}]")); });
  add(described("media"), [](const Call& call) {
    call->finish(result_of(
        {}, R"([{"type":"text","text":"a","_meta":{"k":1}},{"type":"audio","data":"AAAA","mimeType":"audio/wav"},)"
            R"({"type":"resource_link","uri":"file:///x","name":"x","icons":[{"src":"https://x/i.png"}]}])"));
  });
  add(described("old"), [](const Call& call) {
    auto outcome = result_of(R"({"n":1})", R"([{"type":"text","text":"one"}])");
    outcome.freshness = {registry::Origin::stale, "omie", Milliseconds{61000}, Milliseconds{500},
                         "2026-10-14T17:45:39Z"};
    outcome.meta = R"({"acme/page":2,"tomada/correlation":"forged"})";
    call->finish(std::move(outcome));
  });
  add(described("question"), ask_for_a_name);
  add(described("steps"), take_steps);
  add(described("wait"), [this](const Call& call) { waiting.add(call); });
  auto write = described("write");
  write.annotations = {false, true, false, true};
  add(write, [](const Call& call) { call->finish(result_of("{}")); });
  return out;
}

inline std::string ProtocolBench::logged() const {
  std::string out;
  if (std::FILE* file = std::fopen(log_file_.c_str(), "r")) {
    char block[4096];
    for (std::size_t count = 0; (count = std::fread(block, 1, sizeof block, file)) > 0;) out.append(block, count);
    std::fclose(file);
  }
  return out;
}

}  // namespace tomada::test

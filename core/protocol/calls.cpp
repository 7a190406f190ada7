// A modern call that asks is answered with its questions and comes back as another request (Rounds). A legacy one asks
// on its own stream (Interview) and is called again from here: the plugin is the same, and does not know.
#include "core/protocol/calls.hpp"

#include "core/base/text.hpp"
#include "core/protocol/legacy/interview.hpp"
#include "core/protocol/legacy/remainder.hpp"
#include "core/protocol/modern/task_frames.hpp"
#include "core/protocol/modern/task_run.hpp"
#include "core/protocol/names.hpp"
#include "core/protocol/notices.hpp"
#include "core/protocol/peer.hpp"
#include "core/protocol/rounds.hpp"
#include "core/registry/target.hpp"

#include <mutex>
#include <utility>

namespace tomada::protocol {
namespace {

constexpr int most_rounds = 8;
constexpr std::size_t most_questions = 32;  // open at a time, of one legacy client
constexpr std::size_t longest_token = 256;  // it is told with every progress

struct Way {  // of one call to its answer
  const Service& service;
  std::shared_ptr<const std::string> server_info;
  const Manner& manner;
  int round = 0;                    // of a legacy call: how often it has asked
  std::optional<double> told = {};  // the progress that the rounds before have come to, under the same token
};

void begin(Request request, registry::CallRequest what, Way way);

std::string_view tool_of(const registry::Call& call) noexcept {  // empty: none of the catalogue
  if (!call.target || call.target->description().kind != registry::TargetKind::tool) return {};
  return call.request().tool;
}

// What came of a person's answers is nobody else's.
Milliseconds time_to_live(const registry::Call& call) noexcept {
  const auto& asked = call.request();
  if (!call.target || !asked.answers.empty() || !asked.state.empty()) return Milliseconds{0};
  const auto& cache = call.target->description().cache;
  return cache ? cache->time_to_live : Milliseconds{0};
}

Ending ending_of(const registry::Outcome& outcome) noexcept {
  if (outcome.kind == registry::OutcomeKind::refused) return Ending::refused;
  return outcome.kind == registry::OutcomeKind::result ? Ending::answered : Ending::tool_error;
}

void answer_outcome(const Request& request, const registry::Outcome& outcome, const Way& way, std::string_view tool,
                    Milliseconds time_to_live = {}) {
  if (const auto problem = way.manner.problem(outcome, request)) return refuse(request, *problem, tool);
  const ResultContext context{*request.revision, *way.server_info, request.correlation, time_to_live};
  answer(request, way.manner.write(request.message->id(), outcome, context), ending_of(outcome), tool,
         retry_seconds(outcome));
}

// The client has given it up and waits for nothing; over HTTP its request must end all the same.
void drop(const Request& request, std::string_view tool) {
  report(request, Ending::cancelled, tool);
  if (request.transport == "http") request.reply->answer({202, {}});
}

// What a later round needs of the request; its headers are gone by then.
Request for_later(const Request& request) {
  static const jsonrpc::NoHeaders none;
  return {legacy::remainder_of(*request.message),
          none,
          request.reply,
          request.principal,
          request.in_flight,
          request.transport,
          request.peer,
          request.observer,
          request.revision,
          request.correlation,
          request.traceparent,
          request.started};
}

// Why nobody can be asked on the way that this request came; empty: the client itself decides.
std::string no_way_to_ask(const Request& request, int round) {
  if (!request.peer) return "this call must ask, which takes a session: send initialize, then its Mcp-Session-Id";
  if (!request.reply->takes_notices()) return "this call must ask: the Accept header must allow text/event-stream";
  if (request.peer->open_questions() >= most_questions) return "too many questions are open; answer some first";
  if (round < most_rounds) return {};
  return text::concat({"the call asked ", std::to_string(most_rounds), " times and still has no answer"});
}

// What a call asks again with: the same target and arguments, the answers, its own state.
registry::CallRequest next_round(const registry::CallRequest& last, std::string answers, std::string state) {
  registry::CallRequest out;
  out.tool = last.tool;
  out.target = last.target;
  out.storage = last.storage;
  out.arguments = last.arguments;
  out.address = last.address;
  out.answers = std::move(answers);
  out.state = std::move(state);
  return out;
}

void interview(const Request& request, const registry::Call& call, const registry::Outcome& outcome, const Way& way) {
  auto problem = no_way_to_ask(request, way.round);
  if (problem.empty()) problem = legacy::Interview::unaskable(request, outcome.requests);
  const std::string tool{tool_of(call)};
  if (!problem.empty()) {
    return answer_outcome(request, registry::Outcome::tool_error(std::move(problem)), way, tool);
  }
  const auto kept = std::make_shared<const Request>(for_later(request));
  auto next = next_round(call.request(), {}, outcome.state);
  if (next.storage == request.message) {
    next.storage = kept->message;
    next.arguments = json::find(*kept->message->params(), "arguments");
  }
  const auto what = std::make_shared<const registry::CallRequest>(std::move(next));
  const auto go_on = [kept, what, way, tool](legacy::Interview::Heard heard) {
    if (kept->in_flight) kept->in_flight->forget(kept->message->id());
    if (!heard.failure.empty()) {
      return answer_outcome(*kept, registry::Outcome::tool_error(heard.failure), way, tool);
    }
    begin(*kept, next_round(*what, std::move(heard.answers), what->state),
          {way.service, way.server_info, way.manner, way.round + 1, way.told});
  };
  const auto asking = legacy::Interview::make(*kept, go_on);
  const auto give_up = [asking, kept, tool] {
    if (asking->cancel()) drop(*kept, tool);
  };
  if (kept->in_flight && !kept->in_flight->watch(kept->message->id(), give_up)) return drop(*kept, tool);
  asking->ask(outcome.requests, way.service.clock.steady_now());
}

// Hears one call to its end and writes its answer. Owns the request, and with it the arena of the arguments.
class CallListener final : public registry::Listener {
 public:
  CallListener(Request request, Way way)
      : request_{std::move(request)}, way_{std::move(way)}, notices_{request_, way_.service.clock, way_.told} {}

  [[nodiscard]] const Request& request() const noexcept { return request_; }
  void watch(registry::Call& call) noexcept { call_ = &call; }
  bool become_task() override {
    auto task = modern::knows_tasks(request_) ? modern::open_task(way_.service, *call_) : std::nullopt;
    if (!task || !hand_over(*task)) return false;
    const auto now = way_.service.clock.steady_now();
    way_.service.dispatcher.extend(*call_, now + modern::time_limit(way_.service, call_->target.get()));
    const auto tool = tool_of(*call_);
    if (request_.in_flight && !request_.in_flight->remove(request_.message->id(), *call_)) {
      drop(request_, tool);
    } else {
      answer(request_, modern::created_frame(request_.message->id(), *task, *way_.server_info), Ending::answered, tool);
    }
    return true;
  }
  void progressed(const registry::Progress& progress) override {
    if (auto* task = task_at_work()) return task->progressed(progress);
    if (auto frame = notices_.progress(progress)) request_.reply->remark(std::move(*frame));
  }
  void logged(int level, std::string_view message) override {
    if (auto frame = notices_.log(level, call_->target->description().name, message))
      request_.reply->remark(std::move(*frame));
  }
  void hung_up() override { request_.reply->hang_up(); }
  void finished(const registry::Outcome& outcome) override {
    if (auto* task = end()) return task->finished(outcome);
    const auto tool = tool_of(*call_);
    if (request_.in_flight && !request_.in_flight->remove(request_.message->id(), *call_)) return drop(request_, tool);
    const bool asks = outcome.kind == registry::OutcomeKind::needs_input && way_.manner.may_ask;
    if (!asks) return answer_outcome(request_, outcome, way_, tool, time_to_live(*call_));
    way_.told = notices_.told();
    if (request_.revision->era == Era::legacy) return interview(request_, *call_, outcome, way_);
    auto asked = Rounds{way_.service.seal}.ask(request_, outcome, *way_.server_info, way_.told);
    if (const auto* problem = std::get_if<Problem>(&asked)) return refuse(request_, *problem, tool);
    answer(request_, std::move(std::get<std::string>(asked)), Ending::answered, tool);
  }

 private:
  // False: the call has ended meanwhile, and the task with it.
  [[nodiscard]] bool hand_over(const tasks::Task& task) {
    auto run = std::make_unique<modern::TaskRun>(way_.service, task);
    {
      const std::lock_guard lock{turning_};
      if (!is_over_) {
        task_ = std::move(run);
        return true;
      }
    }
    run->finished(registry::Outcome::failed(registry::OutcomeKind::cancelled, {}));
    return false;
  }
  [[nodiscard]] modern::TaskRun* task_at_work() {
    const std::lock_guard lock{turning_};
    return task_.get();
  }
  [[nodiscard]] modern::TaskRun* end() {
    const std::lock_guard lock{turning_};
    is_over_ = true;
    return task_.get();
  }

  Request request_;
  Way way_;
  Notices notices_;
  registry::Call* call_ = nullptr;         // owns this listener
  std::mutex turning_;                     // guards the two below
  std::unique_ptr<modern::TaskRun> task_;  // null: the client waits for the outcome
  bool is_over_ = false;
};

// A modern client's capabilities live in its message, so they keep it.
std::shared_ptr<const json::object> capabilities_of(const Request& request) {
  if (request.revision->era == Era::legacy) return request.peer ? request.peer->capabilities() : nullptr;
  const auto* meta = request.message->meta();
  const auto* declared = meta ? json::find_object(*meta, names::client_capabilities) : nullptr;
  return declared ? std::shared_ptr<const json::object>{request.message, declared} : nullptr;
}

void add_surroundings(registry::CallRequest& out, const Request& request, const Way& way) {
  out.capabilities = capabilities_of(request);
  out.principal = request.principal;
  out.correlation = request.correlation;
  out.traceparent = request.traceparent;
  out.transport = request.transport;
  out.protocol = request.revision->name;
  if (way.round == 0) out.address = request.headers.address();
  const auto begun = way.round == 0 ? request.started : way.service.clock.steady_now();
  out.deadline = begun + way.service.call_timeout;
}

void begin(Request request, registry::CallRequest what, Way way) {
  const bool ends_with_connection = request.revision->era == Era::modern;
  auto& dispatcher = way.service.dispatcher;
  add_surroundings(what, request, way);
  auto listener = std::make_unique<CallListener>(std::move(request), std::move(way));
  auto& heard = *listener;
  const auto call = std::make_shared<registry::Call>(std::move(what), std::move(listener));
  heard.watch(*call);
  const auto& asked = heard.request();  // lives in the call
  if (asked.in_flight && !asked.in_flight->add(asked.message->id(), call)) return refuse(asked, id_in_use());
  dispatcher.run(call);
  if (!ends_with_connection || call->is_finished() || call->is_task()) return;
  asked.reply->on_disconnect([weak = std::weak_ptr{call}] {
    if (const auto alive = weak.lock()) alive->cancel();
  });
}

}  // namespace

std::optional<Problem> Calls::problem(const jsonrpc::Message& message) {
  const auto* token = message.meta() ? json::find(*message.meta(), names::progress_token) : nullptr;
  const auto* text = token ? token->if_string() : nullptr;
  if (text && text->size() > longest_token) return invalid_params(R"("progressToken" may be of at most 256 bytes)");
  const bool is_token = !token || !std::holds_alternative<std::monostate>(jsonrpc::id_of(*token));
  if (is_token) return std::nullopt;
  return invalid_params(R"("progressToken" must be a string or an integer)");
}

std::optional<Problem> Calls::named_problem(const jsonrpc::Message& message, std::string_view kind) {
  const auto* params = message.params();
  if (!params || !json::find_string(*params, "name")) {
    return invalid_params(text::concat({R"("name" must be the name of a )", kind}));
  }
  const auto* arguments = json::find(*params, "arguments");
  if (arguments && !arguments->is_object()) return invalid_params(R"("arguments" must be an object)");
  return problem(message);
}

void Calls::run(Request request, registry::CallRequest what, const Manner& manner) {
  Way way{service_, server_info_, manner};
  if (request.revision->era == Era::modern && manner.may_ask) {
    auto resumed = Rounds{service_.seal}.resume(request);
    if (const auto* problem = std::get_if<Problem>(&resumed)) return refuse(request, *problem);
    auto& continuation = std::get<Continuation>(resumed);
    what.answers = std::move(continuation.answers);
    what.state = std::move(continuation.state);
    way.told = continuation.told;
  }
  begin(std::move(request), std::move(what), std::move(way));
}

}  // namespace tomada::protocol

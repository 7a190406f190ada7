#include "core/protocol/calls.hpp"

#include "core/protocol/names.hpp"
#include "core/protocol/notices.hpp"
#include "core/protocol/rounds.hpp"
#include "core/registry/target.hpp"

namespace tomada::protocol {
namespace {

Problem id_in_use() {
  return {jsonrpc::Code::invalid_request, 400, "this id belongs to a call that is still running; use a new id", {}};
}

// Hears one call to its end and writes its answer. Owns the request, and with it the arena of the arguments.
class CallListener final : public registry::Listener {
 public:
  CallListener(Request request, const Manner& manner, const Service& service,
               std::shared_ptr<const std::string> server_info)
      : request_{std::move(request)},
        manner_{manner},
        server_info_{std::move(server_info)},
        rounds_{service.seal},
        notices_{request_, service.clock} {}

  [[nodiscard]] const Request& request() const noexcept { return request_; }
  void watch(const registry::Call& call) noexcept { call_ = &call; }
  void progressed(const registry::Progress& progress) override {
    if (auto frame = notices_.progress(progress)) request_.reply->notify(std::move(*frame));
  }
  void logged(int level, std::string_view message) override {
    if (auto frame = notices_.log(level, call_->target->description().name, message))
      request_.reply->notify(std::move(*frame));
  }
  void finished(const registry::Outcome& outcome) override {
    const auto tool = tool_name();
    if (request_.in_flight && !request_.in_flight->remove(request_.message->id(), *call_)) {
      return report(request_, Ending::cancelled, tool);
    }
    if (asks(outcome)) return ask(outcome, tool);
    if (const auto problem = manner_.problem(outcome, request_)) return refuse(request_, *problem, tool);
    const ResultContext context{*request_.revision, *server_info_, request_.correlation, time_to_live()};
    answer(request_, manner_.write(request_.message->id(), outcome, context), ending(outcome), tool,
           retry_seconds(outcome));
  }

 private:
  [[nodiscard]] std::string_view tool_name() const noexcept {  // empty: none of the catalogue
    if (!call_->target || call_->target->description().kind != registry::TargetKind::tool) return {};
    return call_->request().tool;
  }
  [[nodiscard]] bool asks(const registry::Outcome& outcome) const noexcept {
    return outcome.kind == registry::OutcomeKind::needs_input && manner_.may_ask &&
           request_.revision->era == Era::modern;
  }
  void ask(const registry::Outcome& outcome, std::string_view tool) {
    auto asked = rounds_.ask(request_, outcome, *server_info_);
    if (const auto* problem = std::get_if<Problem>(&asked)) return refuse(request_, *problem, tool);
    answer(request_, std::move(std::get<std::string>(asked)), Ending::answered, tool);
  }
  // What came of a person's answers is nobody else's.
  [[nodiscard]] Milliseconds time_to_live() const noexcept {
    const auto& asked = call_->request();
    if (!call_->target || !asked.answers.empty() || !asked.state.empty()) return Milliseconds{0};
    const auto& cache = call_->target->description().cache;
    return cache ? cache->time_to_live : Milliseconds{0};
  }
  static Ending ending(const registry::Outcome& outcome) noexcept {
    if (outcome.kind == registry::OutcomeKind::refused) return Ending::refused;
    return outcome.kind == registry::OutcomeKind::result ? Ending::answered : Ending::tool_error;
  }

  Request request_;
  const Manner& manner_;
  std::shared_ptr<const std::string> server_info_;
  Rounds rounds_;
  Notices notices_;
  const registry::Call* call_ = nullptr;  // owns this listener
};

// The client's capabilities live in the message, so they keep it.
std::shared_ptr<const json::object> capabilities_of(const Request& request) {
  const auto* meta = request.message->meta();
  const auto* declared = meta ? json::find_object(*meta, names::client_capabilities) : nullptr;
  return declared ? std::shared_ptr<const json::object>{request.message, declared} : nullptr;
}

void add_surroundings(registry::CallRequest& out, const Request& request, const Service& service) {
  out.capabilities = capabilities_of(request);
  out.principal = request.principal;
  out.correlation = request.correlation;
  out.traceparent = request.traceparent;
  out.transport = request.transport;
  out.protocol = request.revision->name;
  out.address = request.headers.address();
  out.deadline = request.started + service.call_timeout;
}

}  // namespace

std::optional<Problem> Calls::problem(const jsonrpc::Message& message) {
  const auto* token = message.meta() ? json::find(*message.meta(), names::progress_token) : nullptr;
  const bool is_token = !token || !std::holds_alternative<std::monostate>(jsonrpc::id_of(*token));
  if (is_token) return std::nullopt;
  return Problem{jsonrpc::Code::invalid_params, 200, R"("progressToken" must be a string or an integer)", {}};
}

void Calls::run(Request request, registry::CallRequest what, const Manner& manner) {
  const bool ends_with_connection = request.revision->era == Era::modern;
  add_surroundings(what, request, service_);
  if (ends_with_connection && manner.may_ask) {
    auto resumed = Rounds{service_.seal}.resume(request);
    if (const auto* problem = std::get_if<Problem>(&resumed)) return refuse(request, *problem);
    auto& continuation = std::get<Continuation>(resumed);
    what.answers = std::move(continuation.answers);
    what.state = std::move(continuation.state);
  }
  auto listener = std::make_unique<CallListener>(std::move(request), manner, service_, server_info_);
  auto& heard = *listener;
  const auto call = std::make_shared<registry::Call>(std::move(what), std::move(listener));
  heard.watch(*call);
  const auto& asked = heard.request();  // lives in the call
  if (asked.in_flight && !asked.in_flight->add(asked.message->id(), call)) return refuse(asked, id_in_use());
  service_.dispatcher.run(call);
  if (!ends_with_connection || call->is_finished()) return;
  asked.reply->on_disconnect([weak = std::weak_ptr{call}] {
    if (const auto alive = weak.lock()) alive->cancel();
  });
}

}  // namespace tomada::protocol

#include "core/protocol/tools.hpp"

#include "core/json/writer.hpp"
#include "core/protocol/call_result.hpp"
#include "core/protocol/cursor.hpp"
#include "core/protocol/identity.hpp"
#include "core/protocol/names.hpp"
#include "core/protocol/notices.hpp"
#include "core/protocol/rounds.hpp"

namespace tomada::protocol {
namespace {

Problem invalid_params(std::string message) { return {jsonrpc::Code::invalid_params, 200, std::move(message), {}}; }

Problem id_in_use() {
  return {jsonrpc::Code::invalid_request, 400, "this id belongs to a call that is still running; use a new id", {}};
}

// Hears one call to its end and writes its answer. Owns the request, and with it the arena of the arguments.
class CallListener final : public registry::Listener {
 public:
  CallListener(Request request, const Service& service, std::shared_ptr<const std::string> server_info)
      : request_{std::move(request)},
        server_info_{std::move(server_info)},
        rounds_{service.seal},
        notices_{request_, service.clock} {}

  [[nodiscard]] const Request& request() const noexcept { return request_; }
  void watch(const registry::Call& call) noexcept { call_ = &call; }
  void progressed(const registry::Progress& progress) override {
    if (auto frame = notices_.progress(progress)) request_.reply->notify(std::move(*frame));
  }
  void logged(int level, std::string_view message) override {
    if (auto frame = notices_.log(level, call_->request().tool, message)) request_.reply->notify(std::move(*frame));
  }
  void finished(const registry::Outcome& outcome) override {
    const std::string_view tool = call_->tool ? std::string_view{call_->request().tool} : std::string_view{};
    if (request_.in_flight && !request_.in_flight->remove(request_.message->id(), *call_)) {
      return report(request_, Ending::cancelled, tool);
    }
    if (asks(outcome)) return ask(outcome, tool);
    if (const auto problem = problem_of(outcome, request_.correlation)) return refuse(request_, *problem, tool);
    const ResultContext context{*request_.revision, *server_info_, request_.correlation};
    answer(request_, write_call_result(request_.message->id(), outcome, context), ending(outcome), tool,
           retry_seconds(outcome));
  }

 private:
  [[nodiscard]] bool asks(const registry::Outcome& outcome) const noexcept {
    return outcome.kind == registry::OutcomeKind::needs_input && request_.revision->era == Era::modern;
  }
  void ask(const registry::Outcome& outcome, std::string_view tool) {
    auto asked = rounds_.ask(request_, outcome, *server_info_);
    if (const auto* problem = std::get_if<Problem>(&asked)) return refuse(request_, *problem, tool);
    answer(request_, std::move(std::get<std::string>(asked)), Ending::answered, tool);
  }
  static Ending ending(const registry::Outcome& outcome) noexcept {
    if (outcome.kind == registry::OutcomeKind::refused) return Ending::refused;
    return outcome.kind == registry::OutcomeKind::result ? Ending::answered : Ending::tool_error;
  }

  Request request_;
  std::shared_ptr<const std::string> server_info_;
  Rounds rounds_;
  Notices notices_;
  const registry::Call* call_ = nullptr;  // owns this listener
};

registry::CallRequest call_request(const Request& request, const Service& service) {
  const auto& params = *request.message->params();
  registry::CallRequest out;
  out.tool = json::view(*json::find_string(params, "name"));
  out.storage = request.message;
  out.arguments = json::find(params, "arguments");
  out.principal = request.principal;
  out.correlation = request.correlation;
  out.traceparent = request.traceparent;
  out.transport = request.transport;
  out.protocol = request.revision->name;
  out.deadline = request.started + service.call_timeout;
  return out;
}

}  // namespace

Tools::Tools(Service& service)
    : service_{service},
      lists_{service},
      server_info_{std::make_shared<const std::string>(write_identity(service.identity, modern_revision()))} {}

std::optional<Problem> Tools::call_problem(const jsonrpc::Message& message) {
  const auto* params = message.params();
  if (!params || !json::find_string(*params, "name")) return invalid_params(R"("name" must be the name of a tool)");
  const auto* arguments = json::find(*params, "arguments");
  if (arguments && !arguments->is_object()) return invalid_params(R"("arguments" must be an object)");
  const auto* token = message.meta() ? json::find(*message.meta(), names::progress_token) : nullptr;
  const bool is_token = !token || !std::holds_alternative<std::monostate>(jsonrpc::id_of(*token));
  if (!is_token) return invalid_params(R"("progressToken" must be a string or an integer)");
  return std::nullopt;
}

void Tools::call(Request request) {
  const bool ends_with_connection = request.revision->era == Era::modern;
  auto details = call_request(request, service_);
  if (ends_with_connection) {
    auto resumed = Rounds{service_.seal}.resume(request);
    if (const auto* problem = std::get_if<Problem>(&resumed)) return refuse(request, *problem);
    auto& continuation = std::get<Continuation>(resumed);
    details.answers = std::move(continuation.answers);
    details.state = std::move(continuation.state);
  }
  auto listener = std::make_unique<CallListener>(std::move(request), service_, server_info_);
  auto& heard = *listener;
  const auto call = std::make_shared<registry::Call>(std::move(details), std::move(listener));
  heard.watch(*call);
  const auto& asked = heard.request();  // lives in the call
  if (asked.in_flight && !asked.in_flight->add(asked.message->id(), call)) return refuse(asked, id_in_use());
  service_.dispatcher.run(call);
  if (!ends_with_connection || call->is_finished()) return;
  asked.reply->on_disconnect([weak = std::weak_ptr{call}] {
    if (const auto alive = weak.lock()) alive->cancel();
  });
}

void Tools::list(const Request& request) {
  const auto* params = request.message->params();
  const auto* cursor = params ? json::find(*params, "cursor") : nullptr;
  std::shared_ptr<const std::string> page;
  if (!cursor) {
    page = lists_.first_page(*request.principal, *request.revision);
  } else {
    const auto last = cursor->is_string() ? cursor::last_name(json::view(cursor->get_string())) : std::nullopt;
    if (!last)
      return refuse(request, invalid_params(R"("cursor" is not one that this list gave out; start again without it)"));
    page = std::make_shared<const std::string>(lists_.page_after(*last, *request.principal, *request.revision));
  }
  auto frame = begin_result(request.message->id(), page->size() + server_info_->size() + 160);
  const bool is_modern = request.revision->era == Era::modern;
  frame.append(is_modern ? R"({"resultType":"complete",)" : "{").append(*page);
  if (is_modern) {
    frame.append(",\"_meta\":{\"").append(names::server_info).append("\":").append(*server_info_).push_back('}');
  }
  frame.append("}}");
  answer(request, std::move(frame));
}

}  // namespace tomada::protocol

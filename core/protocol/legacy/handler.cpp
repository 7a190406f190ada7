#include "core/protocol/legacy/handler.hpp"

#include "core/base/text.hpp"
#include "core/json/writer.hpp"
#include "core/protocol/call_result.hpp"
#include "core/protocol/cancellation.hpp"
#include "core/protocol/capabilities.hpp"
#include "core/protocol/headers.hpp"
#include "core/protocol/identity.hpp"
#include "core/protocol/names.hpp"
#include "core/protocol/notices.hpp"
#include "core/protocol/peer.hpp"
#include "core/protocol/resources.hpp"
#include "core/protocol/tools.hpp"

namespace tomada::protocol::legacy {
namespace {

const Revision* find_legacy(std::string_view name) noexcept {
  const auto* found = find_revision(name);
  return found && found->era == Era::legacy ? found : nullptr;
}

Problem unsupported_header(std::string_view version) {
  std::string details = R"({"supported":[)";
  for (const auto& revision : revisions()) details.append("\"").append(revision.name).append("\",");
  details.back() = ']';
  details.append(R"(,"requested":)");
  json::write_string(details, text::is_utf8(version) ? version : std::string_view{});
  details.push_back('}');
  return {jsonrpc::Code::invalid_request, 400,
          text::concat({"the header ", names::version_header, " names a version that is not served here"}),
          std::move(details)};
}

Problem not_initialized() {
  return {jsonrpc::Code::invalid_params,
          400,
          text::concat({"send initialize first, or name a version in params._meta[\"", names::protocol_version, "\"]"}),
          {}};
}

// What takes a conversation is offered where there is one.
Hearing hearing_of(const Request& request, const Service& service) noexcept {
  return request.peer && service.changes ? Hearing::changes : Hearing::nothing;
}

void answer_nothing(const Request& request) { answer(request, begin_result(request.message->id(), 2).append("{}}")); }

void refuse_task(const Request& request) {
  const auto outcome = registry::Outcome::tool_error(
      text::concat({"this tool runs as a task only, which takes a client of protocol version ", modern_revision().name,
                    " that knows tasks"}));
  answer(request, write_call_result(request.message->id(), outcome, {*request.revision, {}, request.correlation}),
         Ending::tool_error);
}

// A session remembers its revision; without one the header alone tells it. An initialize settles its own.
std::optional<Problem> take_header(Request& request) {
  if (!request.headers.is_present()) return std::nullopt;
  const auto header = request.headers.find(names::version_header);
  const auto* named = header ? find_legacy(*header) : &headerless_legacy();
  const bool may_pass = named || request.message->method() == names::initialize;
  request.revision = request.peer && request.peer->agreed() ? request.peer->agreed() : named;
  return may_pass ? std::nullopt : std::optional{unsupported_header(*header)};
}

}  // namespace

void Handler::handle(Request request) {
  if (const auto problem = unacceptable(request.headers)) return refuse(request, *problem);
  if (const auto problem = take_header(request)) return refuse(request, *problem);
  switch (request.message->kind()) {
    case jsonrpc::Kind::request:
      return handle_request(std::move(request));
    case jsonrpc::Kind::notification:
      return take_notification(request);
    default:
      if (request.peer) request.peer->hear(*request.message);
      return accept(request);  // also an answer to a question that was never asked
  }
}

void Handler::initialize(Request& request) {
  const auto* params = request.message->params();
  const auto* asked = params ? json::find_string(*params, "protocolVersion") : nullptr;
  if (!asked) {
    return refuse(request, invalid_params(R"("protocolVersion" must be a string, e.g. "2025-11-25")"));
  }
  const auto* known = find_legacy(json::view(*asked));
  const Revision& agreed = known ? *known : newest_legacy();
  request.revision = &agreed;
  if (request.peer) request.peer->agree_on(agreed, json::find_object(*params, "capabilities"));
  const auto& service = methods_.service();
  auto frame = begin_result(request.message->id(), 320 + service.identity.instructions.size());
  frame.append(R"({"protocolVersion":")").append(agreed.name).append(R"(","capabilities":)");
  write_capabilities(frame, *service.dispatcher.catalogue(), agreed, hearing_of(request, service));
  frame.append(R"(,"serverInfo":)").append(write_identity(service.identity, agreed));
  write_instructions(frame, service.identity);
  frame.append("}}");
  answer(request, std::move(frame));
}

void Handler::set_level(const Request& request) {
  const auto* params = request.message->params();
  const auto* name = params ? json::find_string(*params, "level") : nullptr;
  const auto level = name ? log_level(json::view(*name)) : std::nullopt;
  if (!level) return refuse(request, invalid_params(text::concat({"\"level\" ", must_be_a_level})));
  request.peer->set_log_level(*level);
  answer_nothing(request);
}

void Handler::subscribe(const Request& request) const {
  if (const auto problem = resources::read_problem(*request.message)) return refuse(request, *problem);
  const auto uri = json::view(*json::find_string(*request.message->params(), "uri"));
  if (request.message->method() == names::unsubscribe) {
    request.peer->unsubscribe(uri);
    return answer_nothing(request);
  }
  if (!resources::is_readable(methods_.service(), *request.principal, uri)) {
    return refuse(request, resources::not_found(uri, *request.revision));
  }
  if (!request.peer->subscribe(uri)) {
    return refuse(request, invalid_params(text::concat({"at most ", std::to_string(Peer::most_subscriptions),
                                                        " resources, and ", std::to_string(Peer::most_subscribed_bytes),
                                                        " bytes of URIs; unsubscribe one"})));
  }
  answer_nothing(request);
}

// True: it was one of the methods that take a conversation, and has been answered.
bool Handler::handle_remembered(const Request& request) const {
  if (!request.peer) return false;
  const auto method = request.message->method();
  if (method == names::set_level) return set_level(request), true;
  if (method != names::subscribe && method != names::unsubscribe) return false;
  const auto& service = methods_.service();
  if (!service.changes || !offers_resources(*service.dispatcher.catalogue())) return false;
  return subscribe(request), true;
}

void Handler::handle_request(Request request) {
  const auto method = request.message->method();
  if (method == names::initialize) return initialize(request);
  if (method == names::ping) return answer_nothing(request);
  if (!request.revision) return refuse(request, not_initialized());
  if (handle_remembered(request)) return;
  const auto* known = methods_.find(method);
  if (!known) {
    return refuse(request,
                  {jsonrpc::Code::method_not_found, 200, text::concat({"there is no method \"", method, "\""}), {}});
  }
  if (const auto problem = known->problem ? known->problem(*request.message) : std::nullopt)
    return refuse(request, *problem);
  if (method == names::call_tool && tools::requires_task(methods_.service(), request)) return refuse_task(request);
  methods_.run(*known, std::move(request));
}

}  // namespace tomada::protocol::legacy

// The checks stand in the order that clients and the conformance suite rely on: envelope, contradicting headers,
// version, missing headers, method, shape of the parameters, parameter headers. The first that fails answers.
#include "core/protocol/modern/handler.hpp"

#include "core/base/text.hpp"
#include "core/protocol/cancellation.hpp"
#include "core/protocol/capabilities.hpp"
#include "core/protocol/identity.hpp"
#include "core/protocol/modern/envelope.hpp"
#include "core/protocol/modern/mirror.hpp"
#include "core/protocol/names.hpp"

namespace tomada::protocol::modern {
namespace {

// An initialize under a modern header, but without a modern envelope, contradicts itself.
std::optional<Problem> handshake_problem(const Request& request) {
  const auto& message = *request.message;
  if (message.method() != names::initialize || has_claim(message)) return std::nullopt;
  const auto header = request.headers.find(names::version_header);
  const auto* version = message.params() ? json::find_string(*message.params(), "protocolVersion") : nullptr;
  return mismatch(names::version_header, header.value_or(""), version ? json::view(*version) : std::string_view{});
}

std::optional<Problem> ladder_problem(const Request& request) {
  if (auto problem = handshake_problem(request)) return problem;
  if (auto problem = envelope_problem(*request.message)) return problem;
  if (auto problem = contradiction(request)) return problem;
  if (auto problem = version_problem(*request.message)) return problem;
  return missing_mirror(request);
}

}  // namespace

bool Handler::recognises(const jsonrpc::Message& message, const jsonrpc::HeaderView& headers) noexcept {
  if (has_claim(message)) return true;
  if (!headers.is_present()) return false;
  const auto version = headers.find(names::version_header);
  return version && names_modern(*version);
}

void Handler::handle(Request request) {
  request.revision = &modern_revision();
  switch (request.message->kind()) {
    case jsonrpc::Kind::request:
      return handle_request(std::move(request));
    case jsonrpc::Kind::notification:
      return handle_notification(request);
    default:
      break;
  }
  refuse(request,
         {jsonrpc::Code::invalid_request, 400, "this server asks no questions, so a client has none to answer", {}});
}

void Handler::handle_notification(const Request& request) {
  if (const auto problem = contradiction(request)) return refuse(request, *problem);
  take_notification(request);
}

void Handler::handle_request(Request request) {
  if (const auto problem = ladder_problem(request)) return refuse(request, *problem);
  const auto method = request.message->method();
  if (method == names::discover) return discover(request);
  if (method == names::listen && subscriptions_->is_offered()) return subscriptions_->listen(request);
  if (Tasks::has(method) && tasks_.is_offered(*methods_.service().dispatcher.catalogue()))
    return tasks_.answer(request);
  const auto* known = methods_.find(method);
  if (!known) {
    return refuse(request,
                  {jsonrpc::Code::method_not_found, 404, text::concat({"there is no method \"", method, "\""}), {}});
  }
  if (const auto problem = known->problem ? known->problem(*request.message) : std::nullopt)
    return refuse(request, *problem);
  if (method == names::call_tool) {
    if (const auto problem = tasks_.call_problem(request)) return refuse(request, *problem);
    if (const auto problem = parameter_headers_.problem(request)) return refuse(request, *problem);
  }
  methods_.run(*known, std::move(request));
}

void Handler::discover(const Request& request) {
  const auto& service = methods_.service();
  auto frame = begin_result(request.message->id(), 640 + service.identity.instructions.size());
  frame.append(R"({"resultType":"complete","supportedVersions":[)");
  for (const auto& revision : revisions()) frame.append("\"").append(revision.name).append("\",");
  frame.back() = ']';
  frame.append(R"(,"capabilities":)");
  const auto hearing = subscriptions_->is_offered() ? Hearing::changes : Hearing::nothing;
  write_capabilities(frame, *service.dispatcher.catalogue(), modern_revision(), hearing);
  write_instructions(frame, service.identity);
  frame.append(R"(,"ttlMs":)").append(std::to_string(service.discover_time_to_live.count()));
  frame.append(R"(,"cacheScope":"public","_meta":{")").append(names::server_info).append("\":");
  frame.append(methods_.server_info()).append("}}}");
  answer(request, std::move(frame));
}

}  // namespace tomada::protocol::modern

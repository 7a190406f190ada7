// The checks stand in the order that clients and the conformance suite rely on: envelope, contradicting headers,
// version, missing headers, method, shape of the parameters, parameter headers. The first that fails answers.
#include "core/protocol/modern/handler.hpp"

#include "core/base/text.hpp"
#include "core/protocol/cancellation.hpp"
#include "core/protocol/identity.hpp"
#include "core/protocol/modern/envelope.hpp"
#include "core/protocol/modern/mirror.hpp"
#include "core/protocol/names.hpp"

namespace tomada::protocol::modern {
namespace {

std::string write_discovery(const Service& service, const std::string& server_info) {
  std::string out = R"({"resultType":"complete","supportedVersions":[)";
  for (const auto& revision : revisions()) out.append("\"").append(revision.name).append("\",");
  out.back() = ']';
  out.append(R"(,"capabilities":{"tools":{},"logging":{}})");
  write_instructions(out, service.identity);
  out.append(R"(,"ttlMs":)").append(std::to_string(service.discover_time_to_live.count()));
  out.append(R"(,"cacheScope":"public","_meta":{")").append(names::server_info).append("\":");
  out.append(server_info).append("}}");
  return out;
}

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

Handler::Handler(Service& service, Tools& tools)
    : tools_{tools}, parameter_headers_{service}, discovery_{write_discovery(service, tools.server_info())} {}

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
  if (method == names::list_tools) return tools_.list(request);
  if (method != names::call_tool) {
    return refuse(request,
                  {jsonrpc::Code::method_not_found, 404, text::concat({"there is no method \"", method, "\""}), {}});
  }
  if (const auto problem = Tools::call_problem(*request.message)) return refuse(request, *problem);
  if (const auto problem = parameter_headers_.problem(request)) return refuse(request, *problem);
  tools_.call(std::move(request));
}

void Handler::discover(const Request& request) {
  auto frame = begin_result(request.message->id(), discovery_.size());
  frame.append(discovery_).push_back('}');
  answer(request, std::move(frame));
}

}  // namespace tomada::protocol::modern

#include "core/protocol/legacy/handler.hpp"

#include "core/base/text.hpp"
#include "core/json/writer.hpp"
#include "core/protocol/cancellation.hpp"
#include "core/protocol/capabilities.hpp"
#include "core/protocol/headers.hpp"
#include "core/protocol/identity.hpp"
#include "core/protocol/names.hpp"

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

// A server that keeps no sessions knows the revision from the header alone; an initialize settles its own.
std::optional<Problem> take_header(Request& request) {
  if (!request.headers.is_present()) return std::nullopt;
  const auto header = request.headers.find(names::version_header);
  request.revision = header ? find_legacy(*header) : &headerless_legacy();
  if (request.revision || request.message->method() == names::initialize) return std::nullopt;
  return unsupported_header(*header);
}

}  // namespace

const Revision* Handler::handle(Request request) {
  if (const auto problem = unacceptable(request.headers)) return refuse(request, *problem), nullptr;
  if (const auto problem = take_header(request)) return refuse(request, *problem), nullptr;
  switch (request.message->kind()) {
    case jsonrpc::Kind::request:
      break;
    case jsonrpc::Kind::notification:
      return take_notification(request), nullptr;
    default:
      return accept(request), nullptr;  // an answer to a question that was never asked
  }
  if (request.message->method() == names::initialize) return initialize(request);
  handle_request(std::move(request));
  return nullptr;
}

const Revision* Handler::initialize(Request& request) {
  const auto* params = request.message->params();
  const auto* asked = params ? json::find_string(*params, "protocolVersion") : nullptr;
  if (!asked) {
    refuse(request,
           {jsonrpc::Code::invalid_params, 200, R"("protocolVersion" must be a string, e.g. "2025-11-25")", {}});
    return nullptr;
  }
  const auto* known = find_legacy(json::view(*asked));
  const Revision& agreed = known ? *known : newest_legacy();
  request.revision = &agreed;
  const auto& service = methods_.service();
  auto frame = begin_result(request.message->id(), 320 + service.identity.instructions.size());
  frame.append(R"({"protocolVersion":")").append(agreed.name).append(R"(","capabilities":)");
  write_capabilities(frame, *service.dispatcher.catalogue(), agreed);
  frame.append(R"(,"serverInfo":)").append(write_identity(service.identity, agreed));
  write_instructions(frame, service.identity);
  frame.append("}}");
  answer(request, std::move(frame));
  return &agreed;
}

void Handler::handle_request(Request request) {
  const auto method = request.message->method();
  if (method == names::ping) return answer(request, begin_result(request.message->id(), 2).append("{}}"));
  if (!request.revision) return refuse(request, not_initialized());
  const auto* known = methods_.find(method);
  if (!known) {
    return refuse(request,
                  {jsonrpc::Code::method_not_found, 200, text::concat({"there is no method \"", method, "\""}), {}});
  }
  if (const auto problem = known->problem ? known->problem(*request.message) : std::nullopt)
    return refuse(request, *problem);
  methods_.run(*known, std::move(request));
}

}  // namespace tomada::protocol::legacy

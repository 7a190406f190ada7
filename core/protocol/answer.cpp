#include "core/protocol/answer.hpp"

#include "core/json/writer.hpp"

#include <utility>

namespace tomada::protocol {

std::string_view name(Ending ending) noexcept {
  switch (ending) {
    case Ending::answered:
      return "answered";
    case Ending::tool_error:
      return "tool_error";
    case Ending::refused:
      return "refused";
    case Ending::error:
      return "error";
    case Ending::cancelled:
      return "cancelled";
  }
  return "error";
}

Problem invalid_params(std::string message) { return {jsonrpc::Code::invalid_params, 200, std::move(message), {}}; }

Problem lacking_capability(std::string message, const json::object& needed) {
  const json::object details{{"requiredCapabilities", needed}};
  return {jsonrpc::Code::missing_client_capability, 400, std::move(message), json::text(details)};
}

Problem id_in_use() {
  return {jsonrpc::Code::invalid_request, 400, "this id belongs to a call that is still running; use a new id", {}};
}

std::string begin_result(const jsonrpc::Id& id, std::size_t expected_bytes) {
  std::string out;
  out.reserve(64 + expected_bytes);
  out.append(R"({"jsonrpc":"2.0","id":)");
  jsonrpc::write(out, id);
  out.append(R"(,"result":)");
  return out;
}

void report(const Request& request, Ending ending, std::string_view tool, int code, std::string_view problem) {
  if (!request.observer) return;
  Report out;
  out.method = request.message->method();
  out.tool = tool;
  out.protocol = request.revision ? request.revision->name : std::string_view{};
  out.era = !request.revision ? "none" : request.revision->era == Era::modern ? "modern" : "legacy";
  out.transport = request.transport;
  out.correlation = request.correlation;
  out.ending = ending;
  out.code = code;
  out.problem = problem;
  out.started = request.started;
  request.observer->ended(out);
}

// The report comes first: whoever has read the answer finds it counted.
void answer(const Request& request, std::string frame, Ending ending, std::string_view tool, int retry_after_seconds) {
  report(request, ending, tool);
  request.reply->answer({200, std::move(frame), retry_after_seconds});
}

void refuse(const Request& request, const Problem& problem, std::string_view tool) {
  report(request, Ending::error, tool, static_cast<int>(problem.code), problem.message);
  const bool may_omit = !request.revision || request.revision->has_optional_error_id;
  const auto missing = may_omit ? jsonrpc::MissingId::omitted : jsonrpc::MissingId::null;
  request.reply->answer({problem.status, jsonrpc::error_answer(request.message->id(), problem.code, problem.message,
                                                               problem.details, missing)});
}

void accept(const Request& request) {
  report(request, Ending::answered, {});
  request.reply->answer({202, {}});
}

}  // namespace tomada::protocol

#include "core/protocol/tools.hpp"

namespace tomada::protocol::tools {
namespace {

Problem invalid_params(std::string message) { return {jsonrpc::Code::invalid_params, 200, std::move(message), {}}; }

std::optional<Problem> problem_with(const registry::Outcome& outcome, const Request& request) {
  return problem_of(outcome, request.correlation);
}

constexpr Manner manner{&write_call_result, &problem_with, true};

}  // namespace

std::optional<Problem> call_problem(const jsonrpc::Message& message) {
  const auto* params = message.params();
  if (!params || !json::find_string(*params, "name")) return invalid_params(R"("name" must be the name of a tool)");
  const auto* arguments = json::find(*params, "arguments");
  if (arguments && !arguments->is_object()) return invalid_params(R"("arguments" must be an object)");
  return Calls::problem(message);
}

void call(Calls& calls, Request request) {
  const auto& params = *request.message->params();
  registry::CallRequest what;
  what.tool = json::view(*json::find_string(params, "name"));
  what.storage = request.message;
  what.arguments = json::find(params, "arguments");
  calls.run(std::move(request), std::move(what), manner);
}

}  // namespace tomada::protocol::tools

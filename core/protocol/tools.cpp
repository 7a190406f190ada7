#include "core/protocol/tools.hpp"

namespace tomada::protocol::tools {
namespace {

constexpr Manner manner{&write_call_result, &problem_of, true};

}  // namespace

std::optional<Problem> call_problem(const jsonrpc::Message& message) { return Calls::named_problem(message, "tool"); }

std::shared_ptr<registry::Tool> find(const Service& service, const Request& request) {
  auto tool = service.dispatcher.catalogue()->find(json::view(*json::find_string(*request.message->params(), "name")));
  if (!tool) return nullptr;
  const auto& known = tool->description();
  if (!service.roles.allows(*request.principal, known.name, known.annotations.is_read_only)) return nullptr;
  return tool;
}

bool requires_task(const Service& service, const Request& request) {
  if (!service.dispatcher.catalogue()->has_tasks()) return false;  // most servers: nothing is looked up twice
  const auto tool = find(service, request);
  return tool && tool->description().task && tool->description().task->is_required;
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

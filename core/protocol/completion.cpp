#include "core/protocol/completion.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"

#include <algorithm>

namespace tomada::protocol::completion {
namespace {

constexpr std::size_t most_values = 100;

// {"values", "total"?, "hasMore"?} with no more values than the protocol allows.
std::string capped(std::string_view completion) {
  auto parsed = json::read(completion, {}, {.depth = 16, .bytes = completion.size()});
  auto* values = parsed && parsed->is_object() ? parsed->get_object().if_contains("values") : nullptr;
  if (!values || !values->is_array()) return R"({"values":[]})";
  auto& object = parsed->get_object();
  auto& array = values->get_array();
  if (array.size() > most_values) {
    const auto count = array.size();
    array.resize(most_values);
    if (!object.contains("total")) object["total"] = count;
    object["hasMore"] = true;
  }
  return json::text(*parsed);
}

std::string write_completion(const jsonrpc::Id& id, const registry::Outcome& outcome, const ResultContext& context) {
  const auto completion = capped(outcome.structured);
  auto out = begin_result(id, 384 + context.server_info.size() + completion.size());
  out.append(context.revision.era == Era::modern ? R"({"resultType":"complete","completion":)" : R"({"completion":)");
  out.append(completion);
  write_result_meta(out, outcome, context);
  return out.append("}}");
}

constexpr Manner manner{&write_completion, &strict_problem_of, false};

struct Reference {
  const registry::TargetDescription* description = nullptr;  // null: unknown
  std::shared_ptr<registry::Target> keeper, completer;       // completer null: it proposes nothing
};

template <class Item>
Reference reference_to(const std::shared_ptr<Item>& item) {
  if (!item) return {};
  return {&item->description(), item, item->completer()};
}

bool is_prompt(const json::object& ref) { return json::view(*json::find_string(ref, "type")) == "ref/prompt"; }

std::string_view name_in(const json::object& ref) {
  return json::view(*json::find_string(ref, is_prompt(ref) ? "name" : "uri"));
}

Reference find(const registry::Catalogue& catalogue, const json::object& ref) {
  const auto name = name_in(ref);
  if (is_prompt(ref)) return reference_to(catalogue.find_prompt(name));
  const auto found = catalogue.find_template(name);
  return reference_to(found ? found : catalogue.find_resource(name));
}

json::object question(const json::object& params) {
  const auto& argument = *json::find_object(params, "argument");
  json::object out{{"argument", *json::find_string(argument, "name")},
                   {"value", *json::find_string(argument, "value")}};
  const auto* context = json::find_object(params, "context");
  const auto* chosen = context ? json::find_object(*context, "arguments") : nullptr;
  out["chosen"] = chosen ? *chosen : json::object{};
  return out;
}

// Null: absent, which is fine.
bool is_context(const json::value* context) noexcept {
  if (!context) return true;
  const auto* members = context->if_object();
  const auto* chosen = members ? json::find(*members, "arguments") : nullptr;
  if (!chosen) return members != nullptr;
  const auto* arguments = chosen->if_object();
  return arguments && std::all_of(arguments->begin(), arguments->end(),
                                  [](const auto& argument) { return argument.value().is_string(); });
}

// Asks nobody.
void answer_nothing(const Request& request, const Calls& calls) {
  registry::Outcome nothing;
  nothing.kind = registry::OutcomeKind::result;
  nothing.structured = R"({"values":[],"total":0,"hasMore":false})";
  const ResultContext context{*request.revision, calls.server_info(), request.correlation};
  answer(request, write_completion(request.message->id(), nothing, context));
}

}  // namespace

std::optional<Problem> complete_problem(const jsonrpc::Message& message) {
  const auto* params = message.params();
  const auto* ref = params ? json::find_object(*params, "ref") : nullptr;
  const auto* type = ref ? json::find_string(*ref, "type") : nullptr;
  const bool names_prompt = type && json::view(*type) == "ref/prompt" && json::find_string(*ref, "name");
  const bool names_resource = type && json::view(*type) == "ref/resource" && json::find_string(*ref, "uri");
  if (!names_prompt && !names_resource) {
    return invalid_params(R"("ref" must be {"type": "ref/prompt", "name"} or {"type": "ref/resource", "uri"})");
  }
  const auto* argument = json::find_object(*params, "argument");
  if (!argument || !json::find_string(*argument, "name") || !json::find_string(*argument, "value")) {
    return invalid_params(R"("argument" must be {"name", "value"}, two strings)");
  }
  if (!is_context(json::find(*params, "context"))) {
    return invalid_params(R"("context" must be {"arguments"}, an object of strings)");
  }
  return Calls::problem(message);
}

void complete(Calls& calls, const Service& service, const registry::Catalogue& catalogue, Request request) {
  const auto& params = *request.message->params();
  const auto& ref = *json::find_object(params, "ref");
  const auto name = name_in(ref);
  const auto reference = find(catalogue, ref);
  const auto* known = reference.description;
  if (!known || !service.roles.allows(*request.principal, known->name, known->annotations.is_read_only)) {
    return refuse(request, invalid_params(text::concat({"\"ref\" names nothing that is here: \"", name, "\""})));
  }
  if (!reference.completer) return answer_nothing(request, calls);
  const auto arguments = std::make_shared<const json::value>(question(params));
  registry::CallRequest what;
  what.tool = name;
  what.target = reference.completer;
  what.storage = arguments;
  what.arguments = arguments.get();
  calls.run(std::move(request), std::move(what), manner);
}

}  // namespace tomada::protocol::completion

#include "core/protocol/prompts.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/protocol/content.hpp"
#include "core/protocol/splice.hpp"

namespace tomada::protocol::prompts {
namespace {

void shape_message(json::value& message, const Revision& revision) {
  auto* object = message.if_object();
  auto* content = object ? object->if_contains("content") : nullptr;
  if (content && content->is_object()) *content = shaped_block(content->get_object(), revision);
}

// {"description"?, "messages"} without its braces.
void write_messages(std::string& out, std::string_view prompt, const Revision& revision) {
  if (knows_every_block(prompt, revision)) return splice(out, inside(prompt));
  auto parsed = json::read(prompt, {}, {.depth = 128, .bytes = prompt.size()});
  auto* messages = parsed && parsed->is_object() ? parsed->get_object().if_contains("messages") : nullptr;
  if (messages && messages->is_array()) {
    for (auto& message : messages->get_array()) shape_message(message, revision);
  }
  out.append(inside(parsed ? json::text(*parsed) : std::string{prompt}));
}

std::string write_prompt(const jsonrpc::Id& id, const registry::Outcome& outcome, const ResultContext& context) {
  auto out = begin_result(id, 384 + context.server_info.size() + outcome.bytes());
  out.append(context.revision.era == Era::modern ? R"({"resultType":"complete",)" : "{");
  write_messages(out, outcome.structured, context.revision);
  write_result_meta(out, outcome, context);
  return out.append("}}");
}

constexpr Manner manner{&write_prompt, &strict_problem_of, true};

}  // namespace

std::optional<Problem> get_problem(const jsonrpc::Message& message) { return Calls::named_problem(message, "prompt"); }

void get(Calls& calls, const registry::Catalogue& catalogue, Request request) {
  const auto& params = *request.message->params();
  registry::CallRequest what;
  what.tool = json::view(*json::find_string(params, "name"));
  what.target = catalogue.find_prompt(what.tool);
  if (!what.target) return refuse(request, invalid_params(text::concat({"unknown prompt \"", what.tool, "\""})));
  what.storage = request.message;
  what.arguments = json::find(params, "arguments");
  calls.run(std::move(request), std::move(what), manner);
}

}  // namespace tomada::protocol::prompts

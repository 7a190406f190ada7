#include "core/cli/tools.hpp"

#include "core/base/text.hpp"
#include "core/cli/failure.hpp"
#include "core/cli/one_call.hpp"
#include "core/json/indent.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/protocol/listings.hpp"

#include <cstdio>
#include <optional>
#include <utility>

namespace tomada::cli {
namespace {

using registry::Outcome;
using registry::OutcomeKind;

void print(std::string text) {
  if (text.empty() || text.back() != '\n') text.push_back('\n');
  std::fwrite(text.data(), 1, text.size(), stdout);
}

json::value parsed(const std::string& text) {
  if (text.empty()) return nullptr;
  auto value = json::read(text);
  return value ? std::move(*value) : json::value(nullptr);
}

std::string as_json(const Outcome& outcome) {  // what the tool wrote, as it wrote it
  std::string out{"{"};
  if (!outcome.structured.empty()) out.append("\"structuredContent\":").append(outcome.structured).push_back(',');
  if (!outcome.content.empty()) out.append("\"content\":").append(outcome.content).push_back(',');
  json::object meta;
  if (auto own = parsed(outcome.meta); own.is_object()) meta = std::move(own.get_object());
  meta["tomada/freshness"] =
      json::object{{"source", outcome.freshness.source}, {"age_ms", outcome.freshness.age.count()}};
  out.append("\"isError\":false,\"_meta\":").append(json::text(meta)).push_back('}');
  return json::indented(out);
}

std::string as_text(const Outcome& outcome) {
  std::string out;
  if (const auto content = parsed(outcome.content); content.is_array()) {
    for (const auto& block : content.get_array()) {
      const auto* text = block.is_object() ? json::find_string(block.get_object(), "text") : nullptr;
      if (text) out.append(json::view(*text)).append("\n");
    }
  }
  return out.empty() ? json::indented(outcome.structured) : out;
}

// To assistants a tool that is not theirs does not exist; who sits at the command line may know.
std::optional<Error> forbidden(app::Server& server, const std::string& name, const Principal& principal) {
  const auto tool = server.dispatcher().catalogue()->find(name);
  if (!tool) return std::nullopt;
  if (server.roles().allows(principal, name, tool->description().annotations.is_read_only)) return std::nullopt;
  const auto roles = text::join(principal.roles, "\", \"");
  return failure(
      ErrorCode::unauthorised, text::concat({"the role \"", roles, "\" may not use ", name}), "tool " + name,
      text::concat({"add it to the tools of [role.", principal.roles.front(), "], or change [stdio] roles"}));
}

Error not_answered(const Words& words, const Outcome& outcome) {
  const std::string where = "tool " + words.name;
  if (outcome.is_unreachable) return failure(ErrorCode::unreachable, outcome.message, where, "see tomada check");
  switch (outcome.kind) {
    case OutcomeKind::unknown_tool:
      return failure(ErrorCode::usage, outcome.message, where, "see tomada tools list");
    case OutcomeKind::internal:
      return failure(ErrorCode::internal, outcome.message, where);
    case OutcomeKind::needs_input:
      return failure(ErrorCode::tool, "the tool asks the user a question", where, "call it from a client that can ask");
    default:
      return failure(ErrorCode::tool, outcome.message, where);
  }
}

Result<json::object> arguments_of(const Words& words) {
  auto value = json::read(words.arguments.empty() ? "{}" : words.arguments);
  if (!value)
    return failure(ErrorCode::usage, "the arguments are no JSON: " + value.error().message, value.error().where);
  if (!value->is_object())
    return failure(ErrorCode::usage, "the arguments must be a JSON object", "command line",
                   "for example '{\"limit\":5}'");
  return std::move(value->get_object());
}

void list_as_text(const std::vector<std::shared_ptr<registry::Tool>>& tools) {
  std::string out;
  for (const auto& tool : tools) {
    const auto& description = tool->description();
    out.append(description.name)
        .append("\n    ")
        .append(description.title)
        .append("\n    ")
        .append(description.description)
        .append("\n");
  }
  print(std::move(out));
}

}  // namespace

int list_tools(app::Server& server, const Words& words) {
  const auto principal = app::local_principal(server.settings().config);
  std::vector<std::shared_ptr<registry::Tool>> seen;
  for (const auto& tool : server.dispatcher().catalogue()->tools()) {
    const auto& description = tool->description();
    if (server.roles().allows(*principal, description.name, description.annotations.is_read_only)) seen.push_back(tool);
  }
  if (!words.is_json) {
    list_as_text(seen);
    return exit_ok;
  }
  std::string out = "{\"tools\":[";
  for (const auto& tool : seen) {
    if (tool != seen.front()) out.push_back(',');
    protocol::write_tool(out, tool->description(), protocol::modern_revision());
  }
  print(json::indented(out.append("]}")));
  return exit_ok;
}

int call_tool(app::Server& server, const Words& words) {
  auto arguments = arguments_of(words);
  if (!arguments) return fail(arguments.error());
  const auto principal = app::local_principal(server.settings().config);
  if (const auto refusal = forbidden(server, words.name, *principal)) return fail(*refusal);
  const auto outcome = ask(server, {words.name, std::move(*arguments), principal, std::nullopt}).get();
  if (outcome.kind != OutcomeKind::result) return fail(not_answered(words, outcome));
  print(words.is_json ? as_json(outcome) : as_text(outcome));
  return exit_ok;
}

}  // namespace tomada::cli

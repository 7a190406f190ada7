// The answer is one string, reserved once: the tool's JSON is spliced as bytes and never parsed again.
#include "core/protocol/call_result.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/protocol/content.hpp"
#include "core/protocol/names.hpp"
#include "core/protocol/splice.hpp"

namespace tomada::protocol {
namespace {

using registry::Origin;
using registry::Outcome;
using registry::OutcomeKind;

std::string_view name(Origin origin) noexcept {
  switch (origin) {
    case Origin::live:
      return "live";
    case Origin::cache:
      return "cache";
    case Origin::stale:
      return "stale";
  }
  return "live";
}

void write_freshness(std::string& out, const registry::Freshness& freshness) {
  out.append("\"").append(names::freshness).append(R"(":{"origin":")").append(name(freshness.origin)).push_back('"');
  if (!freshness.source.empty()) write_member(out, "source", freshness.source);
  out.append(R"(,"age_ms":)").append(std::to_string(freshness.age.count()));
  if (!freshness.as_of.empty()) write_member(out, "as_of", freshness.as_of);
  if (freshness.refresh_in) out.append(R"(,"refresh_in_ms":)").append(std::to_string(freshness.refresh_in->count()));
  out.push_back('}');
}

// A tool's own members may not repeat ours: a strict client refuses duplicate keys.
void write_own_meta(std::string& out, const std::string& meta) {
  if (meta.empty()) return;
  const bool may_clash =
      meta.find("\"tomada/") != std::string::npos || meta.find(names::server_info) != std::string::npos;
  if (!may_clash) return splice_members(out, meta);
  const auto parsed = json::read(meta);
  const auto* members = parsed ? parsed->if_object() : nullptr;
  if (!members) return;
  for (const auto& [key, value] : *members) {
    const std::string_view name{key.data(), key.size()};
    if (name == names::freshness || name == names::correlation || name == names::server_info ||
        name == names::retry_after)
      continue;
    out.push_back(',');
    json::write_string(out, name);
    out.push_back(':');
    json::write(out, value);
  }
}

std::string refusal(const Outcome& outcome) {
  const int seconds = retry_seconds(outcome);
  if (seconds == 0) return outcome.message;
  const auto unit = seconds == 1 ? " second." : " seconds.";
  return text::concat(
      {outcome.message, outcome.message.ends_with('.') ? " " : ". ", "Try again in ", std::to_string(seconds), unit});
}

bool may_show_structured(std::string_view structured, const Revision& revision) {
  if (structured.empty() || !revision.has_structured_content) return false;
  return revision.has_any_structured_value || text::trim(structured).starts_with('{');
}

void write_facts(std::string& out, const Outcome& outcome, const Revision& revision) {
  out.append(R"("content":)");
  if (!outcome.content.empty()) {
    write_content(out, outcome.content, revision);
  } else if (!outcome.structured.empty()) {
    write_text_block(out, outcome.structured);
  } else {
    out.append("[]");
  }
  if (!may_show_structured(outcome.structured, revision)) return;
  out.append(R"(,"structuredContent":)");
  splice(out, outcome.structured);
}

}  // namespace

void write_result_meta(std::string& out, const Outcome& outcome, const ResultContext& context) {
  out.append(R"(,"_meta":{)");
  write_freshness(out, outcome.freshness);
  if (!context.correlation.empty()) write_member(out, names::correlation, context.correlation);
  if (context.revision.era == Era::modern && !context.server_info.empty()) {
    out.append(",\"").append(names::server_info).append("\":").append(context.server_info);
  }
  if (outcome.kind == OutcomeKind::refused && outcome.retry_after) {
    out.append(",\"").append(names::retry_after).append("\":").append(std::to_string(outcome.retry_after->count()));
  }
  write_own_meta(out, outcome.meta);
  out.push_back('}');
}

int retry_seconds(const Outcome& outcome) noexcept {
  if (!outcome.retry_after || outcome.retry_after->count() <= 0) return 0;
  return static_cast<int>((outcome.retry_after->count() + 999) / 1000);
}

std::string write_call_result(const jsonrpc::Id& id, const Outcome& outcome, const ResultContext& context) {
  const std::size_t text = outcome.content.empty() ? outcome.structured.size() + outcome.structured.size() / 4 : 0;
  auto out = begin_result(id, 384 + context.server_info.size() + outcome.bytes() + text);
  append_call_result(out, outcome, context);
  out.push_back('}');
  return out;
}

void append_call_result(std::string& out, const Outcome& outcome, const ResultContext& context) {
  out.push_back('{');
  if (context.revision.era == Era::modern) out.append(R"("resultType":"complete",)");
  if (outcome.kind == OutcomeKind::result) {
    write_facts(out, outcome, context.revision);
  } else {
    out.append(R"("content":)");
    write_text_block(out, outcome.kind == OutcomeKind::refused ? refusal(outcome) : outcome.message);
    out.append(R"(,"isError":true)");
  }
  write_result_meta(out, outcome, context);
  out.push_back('}');
}

std::optional<Problem> problem_of(const Outcome& outcome, const Request& request) {
  return problem_of(outcome, request.correlation);
}

std::optional<Problem> problem_of(const Outcome& outcome, std::string_view correlation) {
  using jsonrpc::Code;
  const auto with_correlation = [&](std::string message) {
    return Problem{Code::internal_error, 200, std::move(message),
                   text::concat({R"({"correlation":")", correlation, "\"}"})};
  };
  switch (outcome.kind) {
    case OutcomeKind::result:
    case OutcomeKind::tool_error:
    case OutcomeKind::refused:
    case OutcomeKind::invalid_params:  // a model must see it to mend it: a result, like a violation of the schema
      return std::nullopt;
    case OutcomeKind::unknown_tool:
      return invalid_params(outcome.message);
    case OutcomeKind::cancelled:
      return with_correlation("the call was cancelled before it had an answer");
    case OutcomeKind::needs_input:
      return with_correlation("the tool asks for input where nobody can be asked");
    case OutcomeKind::internal:
      return with_correlation(outcome.message.empty() ? "internal error" : outcome.message);
  }
  return with_correlation("internal error");
}

std::optional<Problem> strict_problem_of(const Outcome& outcome, const Request& request) {
  using jsonrpc::Code;
  if (outcome.kind == OutcomeKind::invalid_params) return invalid_params(outcome.message);
  const bool has_failed = outcome.kind == OutcomeKind::tool_error || outcome.kind == OutcomeKind::refused;
  if (!has_failed) return problem_of(outcome, request);
  std::string details = text::concat({R"({"correlation":")", request.correlation, "\""});
  if (outcome.retry_after) details.append(R"(,"retry_after_ms":)").append(std::to_string(outcome.retry_after->count()));
  details.push_back('}');
  return Problem{Code::internal_error, 200, refusal(outcome), std::move(details)};
}

}  // namespace tomada::protocol

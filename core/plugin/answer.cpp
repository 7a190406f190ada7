#include "core/plugin/answer.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/plugin/manifest.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <utility>

namespace tomada::plugin {
namespace {

using registry::Outcome;
using registry::OutcomeKind;

constexpr std::size_t arena_bytes = 8192;
constexpr json::Limits answer_limits{128, 32u << 20};

struct Arena {
  unsigned char bytes[arena_bytes];
  boost::json::monotonic_resource resource{bytes};
};

Error fault(std::string message) { return failure(ErrorCode::tool, std::move(message)); }

std::string_view view(tomada_text text) noexcept {
  return text.data ? std::string_view{text.data, text.size} : std::string_view{};
}

bool is_block(const json::value& block) {
  const auto* object = block.if_object();
  return object && json::find_string(*object, "type");
}

bool is_question(const json::object::value_type& member) {
  const auto* object = member.value().if_object();
  return object && json::find_string(*object, "method") && json::find_object(*object, "params");
}

Result<void> check_structured(std::string_view text, const schema::Schema* output, Approved& approved) {
  if (text.empty() && output) return fault("it has an output schema and yet answered nothing structured");
  if (text.empty() || approved.holds(text)) return {};
  Arena arena;
  const auto value = json::read(text, &arena.resource, answer_limits);
  if (!value) return fault("structured is not JSON: " + value.error().text());
  if (output && !output->accepts(*value)) {
    return fault("structured breaks the output schema: " + summary(output->violations(*value, 3)));
  }
  approved.keep(text);
  return {};
}

Result<void> check_content(std::string_view text) {
  if (text.empty()) return {};
  Arena arena;
  const auto value = json::read(text, &arena.resource, answer_limits);
  if (!value) return fault("content is not JSON: " + value.error().text());
  const auto* blocks = value->if_array();
  if (!blocks || !std::all_of(blocks->begin(), blocks->end(), is_block)) {
    return fault("content is no array of content blocks, each an object with a \"type\"");
  }
  return {};
}

Result<void> check_meta(std::string_view text) {
  if (text.empty()) return {};
  const auto value = json::read(text, {}, answer_limits);
  if (!value) return fault("meta is not JSON: " + value.error().text());
  if (!value->is_object()) return fault("meta is no object");
  return {};
}

Result<void> check_requests(std::string_view text) {
  const auto value = json::read(text, {}, answer_limits);
  if (!value) return fault("requests is not JSON: " + value.error().text());
  const auto* object = value->if_object();
  if (object && !object->empty() && std::all_of(object->begin(), object->end(), is_question)) return {};
  return fault("requests is no object of {\"method\", \"params\"}");
}

Result<Outcome> read_result(const tomada_answer& answer, const schema::Schema* output, Approved& approved) {
  if (const auto checked = check_structured(view(answer.structured), output, approved); !checked)
    return checked.error();
  if (const auto checked = check_content(view(answer.content)); !checked) return checked.error();
  if (const auto checked = check_meta(view(answer.meta)); !checked) return checked.error();
  Outcome out;
  out.kind = OutcomeKind::result;
  out.structured = view(answer.structured);
  out.content = view(answer.content);
  out.meta = view(answer.meta);
  out.freshness.source = view(answer.source);
  out.freshness.age = Milliseconds{std::max<std::int64_t>(answer.age_ms, 0)};
  if (answer.read_at_ms > 0) out.freshness.read_at = WallTime{Milliseconds{answer.read_at_ms}};
  if (answer.refresh_in_ms > 0) out.freshness.refresh_in = Milliseconds{answer.refresh_in_ms};
  if (answer.flags & TOMADA_ANSWER_COPY) out.freshness.origin = registry::Origin::cache;
  out.is_private = (answer.flags & TOMADA_ANSWER_PRIVATE) != 0;
  return out;
}

Result<Outcome> read_questions(const tomada_answer& answer) {
  if (const auto checked = check_requests(view(answer.requests)); !checked) return checked.error();
  Outcome out;
  out.kind = OutcomeKind::needs_input;
  out.requests = view(answer.requests);
  out.state = view(answer.state);
  return out;
}

Result<Outcome> read_failure(OutcomeKind kind, const tomada_answer& answer) {
  if (answer.message.size == 0 && kind == OutcomeKind::cancelled)
    return Outcome::failed(kind, "the tool gave the call up");
  if (answer.message.size == 0) return fault("it failed without a message");
  return Outcome::failed(kind, std::string{view(answer.message)});
}

Result<void> check_texts(const tomada_answer& answer) {
  const tomada_text texts[] = {answer.structured, answer.content, answer.meta,  answer.message,
                               answer.requests,   answer.state,   answer.source};
  for (const auto& text : texts) {
    if (text.size > 0 && !text.data) return fault("one of its texts has a size and no bytes");
  }
  if (!text::is_utf8(view(answer.message))) return fault("message is not UTF-8");
  if (!text::is_utf8(view(answer.source))) return fault("source is not UTF-8");
  return {};
}

}  // namespace

Result<Outcome> read_answer(const tomada_answer* raw, const schema::Schema* output, Approved& approved) {
  if (!raw || raw->size < offsetof(tomada_answer, structured)) return fault("its answer has a wrong size");
  tomada_answer answer{};
  std::memcpy(&answer, raw, std::min<std::size_t>(raw->size, sizeof answer));
  if (const auto checked = check_texts(answer); !checked) return checked.error();
  int outcome = 0;  // a plugin may put any number there; read as the enumeration it would be undefined
  static_assert(sizeof outcome == sizeof answer.outcome);
  std::memcpy(&outcome, &answer.outcome, sizeof outcome);
  switch (outcome) {
    case TOMADA_RESULT:
      return read_result(answer, output, approved);
    case TOMADA_TOOL_ERROR:
      return read_failure(OutcomeKind::tool_error, answer);
    case TOMADA_INVALID_PARAMS:
      return read_failure(OutcomeKind::invalid_params, answer);
    case TOMADA_CANCELLED:
      return read_failure(OutcomeKind::cancelled, answer);
    case TOMADA_NEEDS_INPUT:
      return read_questions(answer);
    default:
      return fault("its answer has an unknown outcome");
  }
}

}  // namespace tomada::plugin

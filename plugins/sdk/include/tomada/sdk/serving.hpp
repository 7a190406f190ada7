#pragma once
// Serving: one call from the C line to a function of the plugin, and its end. Every exception stops here.
#include <tomada/sdk/answer.hpp>
#include <tomada/sdk/call.hpp>

#include <exception>
#include <string>
#include <string_view>

namespace tomada::sdk::detail {

[[nodiscard]] inline std::string_view default_message(tomada_outcome outcome) noexcept {
  if (outcome == TOMADA_CANCELLED) return "the call was cancelled";
  if (outcome == TOMADA_INVALID_PARAMS) return "these arguments make no sense together; the tool does not say why";
  return "the tool failed without saying why; its author should look";
}

inline void finish(tomada_call& call, tomada_outcome outcome, std::string_view message) noexcept {
  tomada_answer answer{};
  answer.size = sizeof answer;
  answer.outcome = outcome;
  answer.message = text(message.empty() ? default_message(outcome) : message);
  call.finish(&call, &answer);
}

// An exception that names no reader is a bug: its words are for whoever reads the log, and may name files and secrets.
inline void finish_broken(tomada_call& call, const char* what) {
  call.log(&call, TOMADA_ERROR, text("the tool threw: " + std::string{what}));
  finish(call, TOMADA_TOOL_ERROR,
         "the tool failed inside; try again, or give the operator " + std::string{view(call.correlation)} +
             ": the server's log has the reason under it");
}

inline void finish(tomada_call& call, const NeedsInput& needs) {
  const auto requests = write(json::value(needs.requests));
  tomada_answer answer{};
  answer.size = sizeof answer;
  answer.outcome = TOMADA_NEEDS_INPUT;
  answer.requests = text(requests);
  answer.state = text(needs.state);
  call.finish(&call, &answer);
}

inline void finish(tomada_call& call, Answer& from) {
  if (from.content.empty() && !from.text.empty()) {
    from.content.push_back(json::object{{"type", "text"}, {"text", from.text}});
  }
  std::string structured, content, meta;
  if (!from.structured.is_null()) write(structured, from.structured);
  if (!from.content.empty()) write(content, from.content);
  if (!from.meta.empty()) write(meta, from.meta);
  tomada_answer answer{};
  answer.size = sizeof answer;
  answer.outcome = TOMADA_RESULT;
  answer.structured = text(from.structured_text.empty() ? structured : from.structured_text);
  answer.content = text(content);
  answer.meta = text(meta);
  answer.source = text(from.source);
  answer.age_ms = from.age_ms;
  answer.refresh_in_ms = from.refresh_in_ms;
  answer.read_at_ms = from.read_at_ms;
  answer.flags = (from.is_copy ? std::uint32_t{TOMADA_ANSWER_COPY} : 0u) |
                 (from.is_private ? std::uint32_t{TOMADA_ANSWER_PRIVATE} : 0u);
  call.finish(&call, &answer);
}

// work: (const json::object& arguments, Call& call), giving an Answer or throwing what tells of its end.
template <class Work>
void run(tomada_call& raw, Work work) {
  try {
    unsigned char buffer[4096];
    json::monotonic_resource arena(buffer);
    const auto arguments = read_json(view(raw.arguments), &arena);
    Call call{raw};
    Answer answer = work(arguments.as_object(), call);
    finish(raw, answer);
  } catch (const NeedsInput& needs) {
    finish(raw, needs);
  } catch (const Cancelled&) {
    finish(raw, TOMADA_CANCELLED, {});
  } catch (const InvalidParams& error) {
    finish(raw, TOMADA_INVALID_PARAMS, error.what());
  } catch (const ToolError& error) {
    finish(raw, TOMADA_TOOL_ERROR, error.what());
  } catch (const std::exception& error) {
    finish_broken(raw, error.what());
  }
}

template <class Work>
void serve(tomada_call& raw, Work work) noexcept {
  try {
    run(raw, work);
  } catch (...) {
    finish(raw, TOMADA_TOOL_ERROR, {});
  }
}

}  // namespace tomada::sdk::detail

#pragma once
// Context: the correlation of one call (W3C Trace Context), carried from the client to the upstream.
#include <string>
#include <string_view>

namespace tomada::trace {

struct Context {
  std::string trace_id;  // 32 hex digits: also the correlation id of logs and answers
  std::string span_id;   // 16 hex digits
  bool is_sampled = true;
};

[[nodiscard]] Context from_traceparent(
    std::string_view traceparent);  // a fresh context when the text is no traceparent
[[nodiscard]] Context fresh();
[[nodiscard]] Context child(const Context& parent);  // the same trace, a span of our own
[[nodiscard]] std::string traceparent(const Context& context);

}  // namespace tomada::trace

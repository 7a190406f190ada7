#pragma once
// CallResult: an era-neutral outcome as the bytes of a tools/call answer.
#include "core/protocol/answer.hpp"
#include "core/registry/outcome.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tomada::protocol {

struct ResultContext {
  const Revision& revision;
  std::string_view server_info;  // JSON text of the Implementation object; modern only
  std::string_view correlation;
  Milliseconds time_to_live{0};  // how long a client may keep what it has read
};

[[nodiscard]] std::string write_call_result(const jsonrpc::Id& id, const registry::Outcome& outcome,
                                            const ResultContext& context);
// For outcomes that are results in the protocol's eyes: result, tool_error, refused.

void append_call_result(std::string& out, const registry::Outcome& outcome, const ResultContext& context);
// The result object alone.

[[nodiscard]] std::optional<Problem> problem_of(const registry::Outcome& outcome, const Request& request);
// For the others; nothing: the outcome is a result.
[[nodiscard]] std::optional<Problem> problem_of(const registry::Outcome& outcome, std::string_view correlation);

[[nodiscard]] std::optional<Problem> strict_problem_of(const registry::Outcome& outcome, const Request& request);
// The same for methods whose results cannot tell of a failure: every kind but result is a problem.

void write_result_meta(std::string& out, const registry::Outcome& outcome, const ResultContext& context);
// ,"_meta":{…}: freshness, correlation, the server's name, the plugin's own members.

[[nodiscard]] int retry_seconds(const registry::Outcome& outcome) noexcept;  // rounded up; 0: none

}  // namespace tomada::protocol

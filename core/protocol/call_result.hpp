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
};

[[nodiscard]] std::string write_call_result(const jsonrpc::Id& id, const registry::Outcome& outcome,
                                            const ResultContext& context);
// For outcomes that are results in the protocol's eyes: result, tool_error, refused.

[[nodiscard]] std::optional<Problem> problem_of(const registry::Outcome& outcome, std::string_view correlation);
// For the others; nothing: the outcome is a result.

[[nodiscard]] int retry_seconds(const registry::Outcome& outcome) noexcept;  // rounded up; 0: none

}  // namespace tomada::protocol

#include "core/protocol/headers.hpp"

#include "core/base/text.hpp"

namespace tomada::protocol {

std::optional<Problem> ambiguity(const jsonrpc::HeaderView& headers, std::string_view name) {
  if (!headers.is_ambiguous(name)) return std::nullopt;
  return Problem{jsonrpc::Code::header_mismatch,
                 400,
                 text::concat({"the header ", name, " is given more than once, with different values"}),
                 {}};
}

std::optional<Problem> unacceptable(const jsonrpc::HeaderView& headers) {
  if (headers.accepts_answers()) return std::nullopt;
  return Problem{
      jsonrpc::Code::invalid_request, 406, "the Accept header must allow application/json and text/event-stream", {}};
}

}  // namespace tomada::protocol

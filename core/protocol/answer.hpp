#pragma once
// How a request is answered: the frame's beginning, refusals with their codes and statuses, and the report about it.
#include "core/jsonrpc/error.hpp"
#include "core/protocol/service.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tomada::protocol {

// A reason to answer with a JSON-RPC error.
struct Problem {
  jsonrpc::Code code = jsonrpc::Code::internal_error;
  int status = 200;  // HTTP
  std::string message;
  std::string details;  // JSON text of error.data; empty: none
};

[[nodiscard]] Problem invalid_params(std::string message);  // -32602 inside HTTP 200
[[nodiscard]] Problem lacking_capability(std::string message, const json::object& needed);
// -32021 inside HTTP 400; needed: in the shape of ClientCapabilities.
[[nodiscard]] Problem id_in_use();  // by something in the same conversation that is not over yet
[[nodiscard]] std::string begin_result(const jsonrpc::Id& id, std::size_t expected_bytes);  // ends after "result":

void answer(const Request& request, std::string frame, Ending ending = Ending::answered, std::string_view tool = {},
            int retry_after_seconds = 0);
void refuse(const Request& request, const Problem& problem, std::string_view tool = {});
void accept(const Request& request);  // a notification: nothing to say
void report(const Request& request, Ending ending, std::string_view tool, int code = 0, std::string_view problem = {});

}  // namespace tomada::protocol

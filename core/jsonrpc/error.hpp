#pragma once
// The error codes of JSON-RPC and MCP, and how an error answer is written.
#include "core/jsonrpc/message.hpp"

#include <string>
#include <string_view>

namespace tomada::jsonrpc {

enum class Code : int {
  parse_error = -32700,
  invalid_request = -32600,
  method_not_found = -32601,
  invalid_params = -32602,
  internal_error = -32603,
  header_mismatch = -32020,
  missing_client_capability = -32021,
  unsupported_version = -32022,
  session_not_found = -32001,   // legacy only
  resource_not_found = -32002,  // likewise
};

enum class MissingId { omitted, null };  // what an unreadable id becomes: omitted from 2025-11-25 on, null before

[[nodiscard]] std::string error_answer(const Id& id, Code code, std::string_view message,
                                       std::string_view data_json = {}, MissingId missing = MissingId::omitted);

}  // namespace tomada::jsonrpc

#pragma once
// Fault: what Tryton says instead of an answer, and what its reader should do. Tryton says it with HTTP 200.
#include <tomada/plugin.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace tomada::erp::tryton {

struct Fault {
  std::string kind;  // "UserError", "UserWarning", "ConcurrencyException", "LoginException"; empty: a Python error
  std::string text;

  [[nodiscard]] static std::optional<Fault> in(const sdk::json::value& body);
};

// The sentence for the model: who, what it said, what to do. No credential is in it.
[[nodiscard]] sdk::ToolError refusal(std::string_view method, const Fault& fault);
[[nodiscard]] sdk::ToolError no_answer(std::string_view method, const sdk::HttpResponse& response);
[[nodiscard]] sdk::json::value result_in(std::string_view method, const sdk::HttpResponse& response);
// Throws one of the two where there is none.

}  // namespace tomada::erp::tryton

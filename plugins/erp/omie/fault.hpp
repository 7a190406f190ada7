#pragma once
// Fault: what Omie says instead of an answer, and what its reader should do.
#include <tomada/plugin.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace tomada::erp::omie {

struct Fault {
  std::string code;  // "SOAP-ENV:Client-5113"; may be empty
  std::string text;

  [[nodiscard]] static std::optional<Fault> in(const sdk::json::value& body);
  [[nodiscard]] bool means_nothing_found() const;  // an empty list, said as an error
};

// The sentence for the model: who, what it said, what to do.
[[nodiscard]] sdk::ToolError refusal(std::string_view operation, const Fault& fault);
[[nodiscard]] sdk::ToolError no_answer(std::string_view operation, const sdk::HttpResponse& response);

}  // namespace tomada::erp::omie

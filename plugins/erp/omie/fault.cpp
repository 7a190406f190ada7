#include "omie/fault.hpp"

#include "omie/record.hpp"

namespace tomada::erp::omie {
namespace {

struct Step {
  std::string_view code;  // how the fault's code ends
  std::string_view next;
};
constexpr Step steps[] = {
    {"SOAP-ENV:Server",
     "Check app_key and app_secret of the plugin's section in the configuration: Omie does not accept them."},
    {"Client-5001", "The connector asked for something this Omie does not know; please report it with this sentence."},
    {"Client-105", "Omie does not accept a value of this question; ask with other filters."},
    {"Client-103", "There is no such record; look for the right one with a search first."},
    {"Client-6", "The same question was asked a moment ago; wait a minute, then ask again."},
    {"MISUSE_API_PROCESS", "Omie has blocked this account for a while; wait half an hour before asking anything."},
};

std::string_view next_step(std::string_view code) {
  for (const auto& step : steps)
    if (code.ends_with(step.code)) return step.next;
  return "Ask again with other filters; if it stays, look into Omie itself.";
}

std::string_view without_prefix(std::string_view text) {
  if (text.starts_with("ERROR: ")) text.remove_prefix(7);
  return text;
}

}  // namespace

std::optional<Fault> Fault::in(const sdk::json::value& body) {
  if (!body.is_object() || !body.get_object().contains("faultstring")) return std::nullopt;
  const Record record{body.get_object()};
  return Fault{record.text("faultcode"), record.text("faultstring")};
}

bool Fault::means_nothing_found() const {
  const bool is_no_records = text.find("Não existem registros") != std::string::npos ||
                             text.find("Nenhum registro") != std::string::npos ||
                             text.find("Não foram encontrados registros") != std::string::npos;
  return code.ends_with("Client-5113") || (code.ends_with("Client-101") && is_no_records);
}

sdk::ToolError refusal(std::string_view operation, const Fault& fault) {
  const std::string code = fault.code.empty() ? std::string{} : " (" + fault.code + ")";
  return sdk::ToolError{"omie refused " + std::string{operation} + ": " + std::string{without_prefix(fault.text)} +
                        code + ". " + std::string{next_step(fault.code)}};
}

sdk::ToolError no_answer(std::string_view operation, const sdk::HttpResponse& response) {
  if (response.status == 0)
    return sdk::ToolError{"omie gave no answer to " + std::string{operation} + ": " + response.body};
  return sdk::ToolError{"omie answered " + std::string{operation} + " with something that is no data (HTTP " +
                        std::to_string(response.status) +
                        "). Try again in a minute; if it stays, see Omie's status page."};
}

}  // namespace tomada::erp::omie

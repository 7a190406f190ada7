#include "omie/fault.hpp"

#include "omie/record.hpp"
#include "sentence.hpp"

namespace tomada::erp::omie {
namespace {

struct Step {
  std::string_view code;  // how the fault's code ends
  std::string_view next;
};
constexpr std::string_view report =
    "The connector asked for something this Omie does not know; please report it with this sentence.";
constexpr std::string_view blocked =
    "Omie has blocked this account for a while; wait half an hour before asking anything.";
constexpr Step steps[] = {
    {"SOAP-ENV:Server",
     "Check app_key and app_secret of the plugin's section in the configuration: Omie does not accept them."},
    {"Client-5001", report},
    {"Client-71", report},
    {"Client-101", "Omie found nothing for this question; ask with fewer filters."},
    {"Client-105", "Omie does not accept a value of this question; ask with other filters."},
    {"Client-103", "There is no such record; look for the right one with a search first."},
    {"Client-6", "The same question was asked a moment ago; wait a minute, then ask again."},
    {"Client-1880", "Omie is still working on another question of this kind; ask again in ten seconds."},
    {"Client-8020", "Omie is still working on this very question; ask again in a minute."},
    {"Client-500", blocked},
    {"MISUSE_API_PROCESS", blocked},
};

// Faults of the API's own frame have no code: an unknown call, a body it cannot read, or trouble inside.
std::string_view next_step_without_code(std::string_view text) {
  const bool is_ours = text.find("not exists") != std::string_view::npos || text.find("JSON") != std::string_view::npos;
  return is_ours ? report : "Omie failed inside; ask again in a minute, and if it stays, see Omie's status page.";
}

std::string_view next_step(const Fault& fault) {
  for (const auto& step : steps)
    if (fault.code.ends_with(step.code)) return step.next;
  if (fault.code.empty()) return next_step_without_code(fault.text);
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
  return sdk::ToolError{"omie refused " + std::string{operation} + ": " +
                        std::string{without_stop(without_prefix(fault.text))} + code + ". " +
                        std::string{next_step(fault)}};
}

sdk::ToolError no_answer(std::string_view operation, const sdk::HttpResponse& response) {
  if (response.status == 0) {
    const auto sentence = host_sentence(response.body);
    const bool is_named = sentence.find(operation) != std::string::npos;
    return sdk::ToolError{is_named ? sentence : "omie, " + std::string{operation} + ": " + sentence};
  }
  return sdk::ToolError{"omie answered " + std::string{operation} + " with something that is no data (HTTP " +
                        std::to_string(response.status) +
                        "). Try again in a minute; if it stays, see Omie's status page."};
}

}  // namespace tomada::erp::omie

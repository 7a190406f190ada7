#include "tryton/fault.hpp"

#include "sentence.hpp"

namespace tomada::erp::tryton {
namespace {

std::string text_of(const sdk::json::value& value) {
  const auto* text = value.if_string();
  return text ? std::string{text->data(), text->size()} : std::string{};
}

// ["message", "description", domain] of a UserError, ["name", "message", "description"] of a UserWarning.
std::string sentence_of(std::string_view kind, const sdk::json::array& parts) {
  const std::size_t first = kind == "UserWarning" ? 1 : 0;
  std::string out;
  for (std::size_t i = first; i < parts.size() && i < first + 2; ++i) {
    const auto part = text_of(parts[i]);
    if (!part.empty()) out += (out.empty() ? "" : ". ") + std::string{without_stop(part)};
  }
  return out;
}

// A Python KeyError is told as 'sale.sale': a model or a field that this database does not have.
bool is_unknown_name(const Fault& fault) {
  return fault.kind.empty() && fault.text.size() > 2 && fault.text.starts_with('\'') && fault.text.ends_with('\'') &&
         fault.text.find(' ') == std::string::npos;
}

std::string_view next_step(const Fault& fault) {
  if (is_unknown_name(fault))
    return "This database has no such model or field: activate the Tryton module that brings it (party, product, sale, "
           "stock, account_invoice).";
  if (fault.text.find("doesn't exist") != std::string::npos)
    return "Check database in the plugin's section of the configuration.";
  if (fault.kind == "ConcurrencyException") return "Somebody changed the record meanwhile; ask again.";
  if (fault.kind == "LoginException")
    return "This Tryton asks for more than user and password; give the connector's user a plain password login.";
  if (fault.kind == "UserError")
    return "If it speaks of access, let the connector's user into Tryton's groups for sales, stock and accounting.";
  return "Ask again with other filters; if it stays, look into Tryton's own log.";
}

}  // namespace

std::optional<Fault> Fault::in(const sdk::json::value& body) {
  const auto* object = body.if_object();
  const auto* error = object ? object->if_contains("error") : nullptr;
  if (!error || error->is_null()) return std::nullopt;
  const auto* parts = error->if_array();
  if (!parts || parts->empty()) return Fault{{}, "an error without a text"};
  const auto first = text_of(parts->front());
  if (parts->size() < 2 || !(*parts)[1].is_array())
    return first == "ConcurrencyException" ? Fault{first, "the record was changed by somebody else"} : Fault{{}, first};
  return Fault{first, sentence_of(first, (*parts)[1].get_array())};
}

sdk::ToolError refusal(std::string_view method, const Fault& fault) {
  return sdk::ToolError{"tryton refused " + std::string{method} + ": " + std::string{without_stop(fault.text)} + ". " +
                        std::string{next_step(fault)}};
}

sdk::ToolError no_answer(std::string_view method, const sdk::HttpResponse& response) {
  const auto asked = std::string{method};
  switch (response.status) {
    case 0:
      return sdk::ToolError{"tryton, " + asked + ": " + host_sentence(response.body)};
    case 401:
      return sdk::ToolError{"tryton ended the session again and again (" + asked +
                            "). Ask again in a minute; if it stays, look at [session] in trytond's configuration."};
    case 403:
      return sdk::ToolError{"tryton forbids " + asked +
                            ". Let the connector's user into the groups that may read this."};
    case 404:
      return sdk::ToolError{"tryton knows no such address or database (" + asked +
                            "). Check database in the plugin's section and the upstream's url."};
    default:
      return sdk::ToolError{"tryton answered " + asked + " with something that is no data (HTTP " +
                            std::to_string(response.status) +
                            "). Try again in a minute; if it stays, look at trytond and the proxy before it."};
  }
}

sdk::json::value result_in(std::string_view method, const sdk::HttpResponse& response) {
  sdk::json::value body;
  try {
    body = sdk::read_exact(response.body);
  } catch (const std::runtime_error&) {
    throw no_answer(method, response);
  }
  if (const auto fault = Fault::in(body)) throw refusal(method, *fault);
  auto* object = body.if_object();
  auto* result = object ? object->if_contains("result") : nullptr;
  if (response.status != 200 || !result) throw no_answer(method, response);
  return std::move(*result);
}

}  // namespace tomada::erp::tryton

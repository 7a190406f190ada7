#include "validation.hpp"

#include "day.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

namespace omie_simulator {
namespace {

struct Enumeration {
  std::string_view tag;
  std::vector<std::string_view> values;
};

const std::vector<Enumeration>& enumerations() {
  static const std::vector<std::string_view> statuses{"CANCELADO",     "PAGO",      "LIQUIDADO", "EMABERTO",
                                                      "PAGTO_PARCIAL", "VENCEHOJE", "AVENCER",   "ATRASADO"};
  static const std::vector<Enumeration> known{
      {"filtrar_por_status", statuses},
      {"cStatus", statuses},
      {"status_pedido", {"FATURADO", "CANCELADO", "AUTORIZADO", "DENEGADO", "DEVOLVIDO"}},
      {"cNatureza", {"P", "R"}},
      {"filtrar_por_tipo", {"R", "D", "T"}},
      {"tpNF", {"0", "1"}},
      {"cTpLancamento", {"CP", "CR", "CPCR", "BX", "BXCP", "BXCR", "CC", "CCE", "CCS", "CCT", "PV", "POS", "PPV"}}};
  return known;
}

std::string upper(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return out;
}

Fault wrong_content(std::string_view name, std::string_view what) {
  return client_fault(5001, "O conteúdo da tag [" + upper(name) + "] " + std::string{what} + "!");
}

bool is_flag(std::string_view name, const Tag& tag) {
  return tag.type == 's' && tag.most_bytes == 1 && name != "cNatureza" && name != "filtrar_por_tipo" &&
         name != "tpNF" && name != "tpAmb" && name != "filtrar_por_status" && name != "cTipo" &&
         name != "cStatusNFSe" && name != "cAmbienteNFSe" && !name.starts_with("lApenas");
}

std::optional<Fault> check_enumeration(std::string_view name, const Tag& tag, std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (is_flag(name, tag) && text != "S" && text != "N")
    return client_fault(105, "Valor inválido para [" + std::string{name} + "]! Utilize S ou N.");
  const bool is_invoice_status = name == "filtrar_por_status" && tag.most_bytes == 1;
  if (is_invoice_status) return std::nullopt;
  for (const auto& known : enumerations()) {
    if (known.tag != name || std::find(known.values.begin(), known.values.end(), text) != known.values.end()) continue;
    std::string list;
    for (const auto value : known.values) list += (list.empty() ? "" : ", ") + std::string{value};
    return client_fault(105,
                        "Valor inválido para [" + std::string{name} + "]! Utilize um dos seguintes: " + list + ".");
  }
  return std::nullopt;
}

std::optional<Fault> check_text(std::string_view name, const Tag& tag, const json::string& value) {
  const std::string_view text{value.data(), value.size()};
  if (tag.most_bytes != 0 && text.size() > tag.most_bytes * 2) return wrong_content(name, "é maior que o permitido");
  const bool is_date = tag.most_bytes == 10 && !name.starts_with('c');  // cep, cTpLancamento
  if (is_date && !text.empty() && !read_day(text)) return wrong_content(name, "não é uma data no formato dd/mm/aaaa");
  if (tag.most_bytes == 8 && !text.empty() && !read_time(text)) return wrong_content(name, "não é uma hora hh:mm:ss");
  return check_enumeration(name, tag, text);
}

// Pages and identifiers: the numbers of these requests are all whole.
std::optional<Fault> check_number(std::string_view name, const json::value& value) {
  if (!value.is_number()) return wrong_content(name, "não é um número");
  const bool is_whole = value.is_int64() && value.get_int64() >= 0;
  return is_whole ? std::nullopt : std::optional{wrong_content(name, "não é um número inteiro válido")};
}

std::optional<Fault> check_money(std::string_view name, const json::value& value) {
  if (!value.is_number()) return wrong_content(name, "não é um número");
  const double cents = value.to_number<double>() * 100;
  const double inexact = std::max(1e-4, cents * 1e-15);  // what a binary number leaves of whole cents
  const bool is_amount = cents > 0 && cents < 1e15 && std::abs(cents - std::round(cents)) < inexact;
  return is_amount ? std::nullopt : std::optional{wrong_content(name, "não é um valor válido")};
}

std::optional<Fault> check_members(const std::string& type, const Tags& tags, const json::object& members);

std::optional<Fault> check_list(const std::string& type, std::string_view name, const Tag& tag,
                                const json::value& value) {
  if (!value.is_array()) return wrong_content(name, "não é uma lista");
  for (const auto& item : value.get_array()) {
    if (!item.is_object()) return wrong_content(name, "não é uma lista de estruturas");
    if (auto fault = check_members(type, tag.members, item.get_object())) return fault;
  }
  return std::nullopt;
}

std::optional<Fault> check_value(const std::string& type, std::string_view name, const Tag& tag,
                                 const json::value& value) {
  switch (tag.type) {
    case 's':
      return value.is_string() ? check_text(name, tag, value.get_string()) : wrong_content(name, "não é um texto");
    case 'n':
      return check_number(name, value);
    case 'm':
      return check_money(name, value);
    case 'b':
      return value.is_bool() ? std::nullopt : std::optional{wrong_content(name, "não é verdadeiro ou falso")};
    case '{':
      return value.is_object() ? check_members(type, tag.members, value.get_object())
                               : wrong_content(name, "não é uma estrutura");
    default:
      return check_list(type, name, tag, value);
  }
}

std::optional<Fault> check_members(const std::string& type, const Tags& tags, const json::object& members) {
  for (const auto& [key, value] : members) {
    const std::string_view name{key.data(), key.size()};
    const auto tag = tags.find(name);
    if (tag == tags.end())
      return client_fault(5001,
                          "Tag [" + upper(name) + "] não faz parte da estrutura do tipo complexo [" + type + "]!");
    if (auto fault = check_value(type, name, tag->second, value)) return fault;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Fault> validate(const CallType& call, const json::object& parameters) {
  return validate(call.name + "Request", call.tags, parameters);
}

std::optional<Fault> validate(const std::string& type, const Tags& tags, const json::object& members) {
  if (members.empty() && !tags.empty()) return client_fault(71, "Nenhum parâmetro foi recebido em WS_PARAMS!");
  return check_members(type, tags, members);
}

}  // namespace omie_simulator

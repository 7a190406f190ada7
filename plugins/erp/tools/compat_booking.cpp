// What the predecessor booked, in its words: translated, then booked the one way there is, which asks the person first.
// What a person may have mistyped is looked at here, so that it is refused under the name that the caller knows.
#include "matching.hpp"
#include "tools/booking.hpp"
#include "tools/compat.hpp"
#include "tools/envelope.hpp"
#include "tools/tax_id.hpp"

#include <utility>

namespace tomada::erp::tools::compat {
namespace {

constexpr std::array<std::string_view, 3> old_kinds{"cliente", "fornecedor", "ambos"};
constexpr std::array<const char*, 3> roles{"customer", "supplier", "both"};

std::string tax_id_of(const Arguments& read, const char* key) {
  const auto tax_id = read_tax_id(read.text(key));
  if (!tax_id)
    throw sdk::InvalidParams{std::string{key} + " \"" + plain_text(read, key, 40) +
                             "\" is no CNPJ or CPF: its check digits do not fit"};
  return *tax_id;
}

void pass_on(json::object& to, const char* name, const Arguments& read, const char* key, std::size_t most_characters) {
  const auto value = plain_text(read, key, most_characters);
  if (!value.empty()) to[name] = value;
}

Answer wrapped(const Source& source, const json::object& arguments, const Request& request, const Answer& booked) {
  const auto& facts = booked.structured.as_object();
  const auto* is_booked = facts.if_contains("booked");
  json::object out{{"incluido", is_booked && is_booked->is_bool() && is_booked->get_bool()}};
  out["mensagem"] = booked.text;
  if (const auto* id = facts.if_contains("id")) out["codigo"] = *id;
  if (const auto* repeated = facts.if_contains("repeated")) out["ja_existia"] = *repeated;
  return success(source, arguments, request, {std::move(out), {}});
}

// The partner that the caller names by its code, or by its CNPJ or CPF.
std::string partner_of(const Arguments& read, const json::object& arguments, const char* tax_key, Source& source,
                       const Request& request) {
  if (const auto* code = arguments.if_contains("codigo_cliente_fornecedor"))
    return code->is_string() ? read.text("codigo_cliente_fornecedor") : sdk::write(*code);
  if (read.text(tax_key).empty())
    throw sdk::InvalidParams{std::string{tax_key} + " and codigo_cliente_fornecedor are both missing; expected one"};
  const auto tax_id = tax_id_of(read, tax_key);
  PartnerQuery query;
  query.text = tax_id;
  query.slice.limit = 10;
  for (const auto& partner : source.partners(query, request).items)
    if (tax_digits(partner.tax_id) == tax_digits(tax_id)) return partner.id;
  throw sdk::ToolError{"nobody is registered under " + tax_id + "; use cadastrar_cliente_fornecedor first"};
}

using Create = Answer (*)(Source&, const json::object&, const Request&, const sdk::Host&);

Answer create_title(Source& source, const json::object& arguments, const Request& request, const sdk::Host& host,
                    const char* tax_key, Create create) {
  if (!source.can_write()) throw source.does_not_write();
  const Arguments read{arguments};
  const auto due = read.brazilian_date("data_vencimento");
  const auto amount = read.amount("valor_documento");
  if (!amount || amount->is_negative() || amount->is_zero() || amount->rounded(2) != *amount)
    throw sdk::InvalidParams{"valor_documento must be more than zero, in whole cents; expected one like 1234.56"};
  json::object translated{{"amount", amount->text()}, {"due_on", due->iso()}};
  if (*due < request.today) translated["issued_on"] = due->iso();  // the old tool had no date of issue
  translated["partner_id"] = partner_of(read, arguments, tax_key, source, request);
  pass_on(translated, "category", read, "codigo_categoria", 20);
  pass_on(translated, "document", read, "numero_documento", 20);
  pass_on(translated, "idempotency_key", read, "codigo_integracao", 60);
  return wrapped(source, arguments, request, create(source, translated, request, host));
}

}  // namespace

Answer cadastrar_cliente_fornecedor(Source& source, const json::object& arguments, const Request& request,
                                    const sdk::Host& host) {
  if (!source.can_write()) throw source.does_not_write();
  const Arguments read{arguments};
  const auto kind = read.choice("tipo_cliente", old_kinds, std::size_t{0});
  json::object translated{{"tax_id", tax_id_of(read, "cnpj_cpf")}, {"role", roles[kind]}};
  pass_on(translated, "name", read, "razao_social", 60);
  if (!translated.contains("name")) throw sdk::InvalidParams{"razao_social is empty; expected the registered name"};
  pass_on(translated, "trade_name", read, "nome_fantasia", 100);
  pass_on(translated, "city", read, "cidade", 40);
  pass_on(translated, "state", read, "estado", 2);
  pass_on(translated, "email", read, "email", 200);
  pass_on(translated, "idempotency_key", read, "codigo_integracao", 60);
  return wrapped(source, arguments, request, create_partner(source, translated, request, host));
}

Answer criar_conta_pagar(Source& source, const json::object& arguments, const Request& request, const sdk::Host& host) {
  return create_title(source, arguments, request, host, "cnpj_cpf_fornecedor", &create_payable);
}

Answer criar_conta_receber(Source& source, const json::object& arguments, const Request& request,
                           const sdk::Host& host) {
  return create_title(source, arguments, request, host, "cnpj_cpf_cliente", &create_receivable);
}

}  // namespace tomada::erp::tools::compat

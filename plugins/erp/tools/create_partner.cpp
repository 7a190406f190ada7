#include "tools/booking.hpp"
#include "tools/tax_id.hpp"

namespace tomada::erp::tools {
namespace {

constexpr std::array<std::string_view, 3> new_roles{"customer", "supplier", "both"};
enum class Role { customer, supplier, both };

Partner partner_draft(const Arguments& read) {
  Partner out;
  out.name = plain_text(read, "name", 60);
  if (out.name.empty()) throw sdk::InvalidParams{"name is empty; expected the registered name or the person's"};
  const auto tax_id = read_tax_id(read.text("tax_id"));
  if (!tax_id)
    throw sdk::InvalidParams{"tax_id \"" + plain_text(read, "tax_id", 40) +
                             "\" is no CNPJ or CPF: its check digits do not fit"};
  out.tax_id = *tax_id;
  out.trade_name = plain_text(read, "trade_name", 100);
  out.city = plain_text(read, "city", 40);
  out.state = plain_text(read, "state", 2);
  out.email = plain_text(read, "email", 200);
  const auto role = read.choice("role", new_roles, Role::customer);
  out.is_customer = role != Role::supplier;
  out.is_supplier = role != Role::customer;
  return out;
}

void add(json::object& facts, std::string& question, const char* key, const char* label, const std::string& value) {
  if (value.empty()) return;
  facts[key] = value;
  question += '\n' + std::string{label} + ": " + value;
}

}  // namespace

Answer create_partner(Source& source, const json::object& arguments, const Request& request, const sdk::Host& host) {
  if (!source.can_write()) throw source.does_not_write();
  const Arguments read{arguments};
  const auto draft = partner_draft(read);
  const std::string role{new_roles[static_cast<std::size_t>(read.choice("role", new_roles, Role::customer))]};
  Proposal proposal{"partner", {}, "Create this partner in " + std::string{source.name()} + '?', {}};
  add(proposal.facts, proposal.question, "name", "Name", draft.name);
  add(proposal.facts, proposal.question, "tax_id", "CNPJ/CPF", draft.tax_id);
  add(proposal.facts, proposal.question, "role", "Role", role);
  add(proposal.facts, proposal.question, "trade_name", "Trade name", draft.trade_name);
  add(proposal.facts, proposal.question, "city", "City", draft.city);
  add(proposal.facts, proposal.question, "state", "State", draft.state);
  add(proposal.facts, proposal.question, "email", "E-mail", draft.email);
  proposal.send = [&](const std::string& key) { return source.create_partner(draft, key, request); };
  return book(source, proposal, read, request, host);
}

}  // namespace tomada::erp::tools

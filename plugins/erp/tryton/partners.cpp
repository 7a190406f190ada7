// Tryton does not say of a party whether it is a customer or a supplier; its documents do: sales and invoices to it,
// purchases and invoices from it.
#include "matching.hpp"
#include "tryton/tax_id.hpp"
#include "tryton/tryton_source.hpp"

#include <map>
#include <utility>

namespace tomada::erp::tryton {
namespace {

// The first address in use. "BR-SP" is SP.
void read_address(Partner& partner, const Row& row) {
  for (const auto& address : row.parts("addresses.")) {
    if (!address.flag("active")) continue;
    partner.city = address.text("city");
    const auto code = address.part("subdivision.").text("code");
    partner.state = code.substr(code.find('-') + 1);
    return;
  }
}

Partner partner_from(const Row& row) {
  Partner out;
  out.id = std::to_string(row.id());
  out.name = row.text("name");
  out.is_active = row.flag("active");
  out.tax_id = tax_id_of(row);
  out.email = row.text("email");
  out.phone = row.text("phone");
  read_address(out, row);
  return out;
}

// Only what the filters look at: of a long register each further field costs.
std::vector<std::string_view> fields_for(const PartnerQuery& query) {
  std::vector<std::string_view> out{"name", "active"};
  if (!tax_digits(query.text).empty()) out.insert(out.end(), {"identifiers.type", "identifiers.code"});
  if (!query.city.empty() || !query.state.empty())
    out.insert(out.end(), {"addresses.active", "addresses.city", "addresses.subdivision.code"});
  return out;
}

std::vector<std::int64_t> ids_of(const std::vector<Partner>& partners) {
  std::vector<std::int64_t> out;
  out.reserve(partners.size());
  for (const auto& partner : partners) out.push_back(std::stoll(partner.id));
  return out;
}

}  // namespace

Page<Partner> TrytonSource::partners(const PartnerQuery& query, const Request& request) {
  const auto books = this->books(request);
  const auto rows = read("party.party", {}, fields_for(query), books, request);
  Page<Partner> out;
  static_cast<Provenance&>(out) = provenance(books);
  merge(out, rows.provenance);
  auto without_role = query;
  without_role.role = PartnerRole::all;
  for_each(rows, [&](const Row& row) {
    auto partner = partner_from(row);
    if (matches(partner, without_role)) out.items.push_back(std::move(partner));
  });
  if (query.role != PartnerRole::all) {
    add_roles(out.items, {}, books, out, request);
    std::erase_if(out.items, [&](const Partner& partner) { return !matches(partner, query); });
  }
  out.total = static_cast<std::int64_t>(out.items.size());
  sort(out.items);
  cut(out.items, query.slice);
  add_partner_details(out.items, books, out, request);
  return out;
}

void TrytonSource::add_roles(std::vector<Partner>& partners, const Domain& domain, const Books& books,
                             Provenance& provenance, const Request& request) const {
  std::map<std::int64_t, Partner*> by_id;
  for (auto& partner : partners) by_id.emplace(std::stoll(partner.id), &partner);
  const auto note = [&](std::string_view model, Domain of, bool Partner::*role) {
    of.with("company", "=", books.company_id);
    const auto rows = read(model, std::move(of), {"party"}, books, request);
    merge(provenance, rows.provenance);
    for_each(rows, [&](const Row& row) {
      if (const auto found = by_id.find(row.id("party")); found != by_id.end()) found->second->*role = true;
    });
  };
  note("account.invoice", Domain{domain}.with("type", "=", "out"), &Partner::is_customer);
  note("account.invoice", Domain{domain}.with("type", "=", "in"), &Partner::is_supplier);
  if (books.has_sales) note("sale.sale", domain, &Partner::is_customer);
  if (books.has_purchases) note("purchase.purchase", domain, &Partner::is_supplier);
}

void TrytonSource::add_partner_details(std::vector<Partner>& partners, const Books& books, Provenance& provenance,
                                       const Request& request) const {
  if (partners.empty()) return;
  const auto ids = ids_of(partners);
  const auto rows = read("party.party", Domain{}.among("id", ids),
                         {"name", "active", "email", "phone", "identifiers.type", "identifiers.code",
                          "addresses.active", "addresses.city", "addresses.subdivision.code"},
                         books, request);
  merge(provenance, rows.provenance);
  std::map<std::string, Partner> by_id;
  for_each(rows, [&](const Row& row) {
    auto partner = partner_from(row);
    by_id.emplace(partner.id, std::move(partner));
  });
  for (auto& partner : partners)
    if (const auto found = by_id.find(partner.id); found != by_id.end()) partner = found->second;
  add_roles(partners, Domain{}.among("party", ids), books, provenance, request);
}

}  // namespace tomada::erp::tryton

#include "tools/arguments.hpp"
#include "tools/listing.hpp"

namespace tomada::erp::tools {
namespace {

constexpr std::array<std::string_view, 3> roles{"all", "customer", "supplier"};

json::array roles_of(const Partner& partner) {
  json::array out;
  if (partner.is_customer) out.push_back("customer");
  if (partner.is_supplier) out.push_back("supplier");
  return out;
}

void show(Listing& listing, const Partner& partner) {
  json::object facts{{"id", partner.id}, {"name", partner.name}};
  if (!partner.trade_name.empty()) facts["trade_name"] = partner.trade_name;
  facts["tax_id"] = partner.tax_id;
  facts["roles"] = roles_of(partner);
  facts["city"] = partner.city;
  facts["state"] = partner.state;
  if (!partner.email.empty()) facts["email"] = partner.email;
  if (!partner.phone.empty()) facts["phone"] = partner.phone;
  if (!partner.is_active) facts["active"] = false;
  auto line = partner.name + ", " + partner.tax_id + ", " + partner.city + '/' + partner.state;
  if (!partner.email.empty()) line += ", " + partner.email;
  if (!partner.is_active) line += " (inactive)";
  listing.item(facts, line);
}

}  // namespace

Answer partners(Source& source, const json::object& arguments, const Request& request) {
  const Arguments read{arguments};
  Listing listing{"partners", "query, city, state or role", "query", arguments};
  PartnerQuery query;
  query.text = read.text("query");
  query.city = read.text("city");
  query.state = read.text("state");
  query.role = read.choice("role", roles, PartnerRole::all);
  query.is_active = read.flag("active");
  query.slice = listing.slice();
  const auto page = source.partners(query, request);
  for (const auto& partner : page.items) show(listing, partner);
  return std::move(listing).finish(source, page, page.total, request);
}

}  // namespace tomada::erp::tools

// Partners, and their names for titles and orders, which carry only an id. A register that is longer than one call can
// read is helped by what Omie can look up itself: ids, a whole CNPJ or CPF, a part of the registered name.
#include "matching.hpp"
#include "omie/mapping.hpp"
#include "omie/omie_source.hpp"
#include "omie/operations.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace tomada::erp::omie {
namespace {

constexpr std::size_t cpf_digits = 11, cnpj_digits = 14, longest_name = 60;
constexpr std::size_t most_ids = 500;  // in one question

sdk::json::object by_name_or_tax_id(std::string_view text) {
  const auto digits = tax_digits(text);
  sdk::json::object filter;
  if (digits.size() == cpf_digits || digits.size() == cnpj_digits) filter["cnpj_cpf"] = digits;
  if (digits.empty() && text.size() <= longest_name) filter["razao_social"] = std::string{text};
  return filter;
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() < 19 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

Register<Partner>::Copy OmieSource::all_partners(const Request& request) {
  return partners_.get(request, host_, [&] {
    auto list = read_list(operations::partners, {}, request, partner_from);
    std::ranges::sort(list.items, {}, &Partner::id);
    return copy_of(std::move(list));
  });
}

// The partners that a text may mean.
Directory OmieSource::directory(const std::string& text, const Request& request) {
  Directory out{all_partners(request)};
  if (!out.provenance().is_truncated || text.empty()) return out;
  const auto filter = by_name_or_tax_id(text);
  if (filter.empty()) return out;
  out.add(read_list(operations::partners, {{"clientesFiltro", filter}}, request, partner_from).items);
  if (filter.contains("cnpj_cpf")) out.mark_found_exactly();
  return out;
}

void OmieSource::look_up(Directory& directory, const std::vector<const Counterparty*>& partners,
                         const Request& request) {
  if (!directory.provenance().is_truncated) return;  // who is not in a whole register is nowhere
  std::set<std::string_view> missing;
  for (const auto* partner : partners)
    if (is_id(partner->id) && missing.size() < most_ids && !directory.find(partner->id)) missing.insert(partner->id);
  if (missing.empty()) return;
  sdk::json::array ids;
  for (const auto id : missing) ids.push_back(sdk::json::object{{"codigo_cliente_omie", std::stoll(std::string{id})}});
  directory.add(read_list(operations::partners, {{"clientesPorCodigo", std::move(ids)}}, request, partner_from).items);
}

erp::Page<Partner> OmieSource::partners(const PartnerQuery& query, const Request& request) {
  const auto found = directory(query.text, request);
  erp::Page<Partner> out;
  static_cast<Provenance&>(out) = found.provenance();
  if (found.is_whole()) out.is_truncated = false;
  out.is_only_of_names = out.is_truncated && !query.text.empty();
  for (const auto* list : {&found.listed(), &found.looked_up()})
    for (const auto& partner : *list)
      if (matches(partner, query)) out.items.push_back(partner);
  finish(out, query.slice);
  return out;
}

}  // namespace tomada::erp::omie

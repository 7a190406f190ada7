#include "matching.hpp"

#include "folding.hpp"

#include <string>
#include <tuple>

namespace tomada::erp {
namespace {

bool names_match(std::string_view name, std::string_view trade_name, std::string_view tax_id, std::string_view text) {
  if (has_words(std::string{name} + '\n' + std::string{trade_name}, text)) return true;
  const auto digits = tax_digits(text);
  return !digits.empty() && digits_of(tax_id).find(digits) != std::string::npos;
}

bool is_within(Date date, const std::optional<Date>& from, const std::optional<Date>& to) noexcept {
  return (!from || *from <= date) && (!to || date <= *to);
}

bool agrees(bool value, const std::optional<bool>& wanted) noexcept { return !wanted || *wanted == value; }

}  // namespace

std::string tax_digits(std::string_view text) {
  const bool is_number = trimmed(text).find_first_not_of("0123456789./- ") == std::string_view::npos;
  return is_number ? digits_of(text) : std::string{};
}

bool matches(const Counterparty& partner, std::string_view text) {
  return names_match(partner.name, partner.trade_name, partner.tax_id, text);
}

bool matches(const Partner& partner, const PartnerQuery& query) {
  if (!agrees(partner.is_active, query.is_active)) return false;
  if (query.role == PartnerRole::customer && !partner.is_customer) return false;
  if (query.role == PartnerRole::supplier && !partner.is_supplier) return false;
  const auto state = fold(trimmed(query.state));
  if (!state.empty() && fold(partner.state) != state) return false;
  if (!has_words(partner.city, query.city)) return false;
  return names_match(partner.name, partner.trade_name, partner.tax_id, query.text);
}

bool matches(const Category& category, const CategoryQuery& query) {
  if (!agrees(category.is_active, query.is_active)) return false;
  if (query.kind && *query.kind != category.kind) return false;
  return category.code.starts_with(trimmed(query.text)) || has_words(category.description, query.text);
}

bool matches(const Product& product, const ProductQuery& query) {
  if (!agrees(product.is_active, query.is_active)) return false;
  if (query.only_low_stock && !product.is_low()) return false;
  return has_words(product.code + '\n' + product.description, query.text);
}

bool matches(const Order& order, const OrderQuery& query) {
  if (query.status && *query.status != order.status) return false;
  const auto number = trimmed(query.number);
  if (!number.empty() && number != order.number) return false;
  return is_within(order.ordered_on, query.from, query.to) && matches(order.partner, query.partner);
}

bool matches(const Title& title, const TitleQuery& query) {
  if (title.direction != query.direction || !status_matches(title.status, title.paid, query.status)) return false;
  if (!is_within(title.due_on, query.due_from, query.due_to)) return false;
  if (query.min_amount && title.amount < *query.min_amount) return false;
  if (query.max_amount && title.amount > *query.max_amount) return false;
  return matches(title.partner, query.partner);
}

bool status_matches(TitleStatus status, Decimal paid, TitleFilter filter) noexcept {
  const bool is_open = status != TitleStatus::paid && status != TitleStatus::cancelled;
  switch (filter) {
    case TitleFilter::all:
      return true;
    case TitleFilter::open:
      return is_open;
    case TitleFilter::overdue:
      return status == TitleStatus::overdue;
    case TitleFilter::due:
      return is_open && status != TitleStatus::overdue;
    case TitleFilter::partial:
      return is_open && !paid.is_zero();
    case TitleFilter::paid:
      return status == TitleStatus::paid;
    case TitleFilter::cancelled:
      return status == TitleStatus::cancelled;
  }
  return false;
}

void sort(std::vector<Partner>& partners) {
  std::ranges::sort(partners, {}, [](const Partner& of) { return std::tuple{fold(of.name), of.id.size(), of.id}; });
}
void sort(std::vector<Category>& categories) {
  std::ranges::sort(categories, {}, [](const Category& of) { return std::tie(of.code, of.description); });
}
void sort(std::vector<Department>& departments) {
  std::ranges::sort(departments, {}, [](const Department& of) { return std::tie(of.structure, of.code); });
}
void sort(std::vector<Product>& products) {
  std::ranges::sort(products, {}, [](const Product& of) { return std::tuple{fold(of.description), of.code}; });
}
void sort(std::vector<Order>& orders) {
  const auto newest_first = [](const Order& a, const Order& b) {
    return std::tuple{b.ordered_on, b.id.size(), b.id} < std::tuple{a.ordered_on, a.id.size(), a.id};
  };
  std::ranges::sort(orders, newest_first);
}
void sort(std::vector<Title>& titles, TitleOrder order) {
  const auto oldest_first = [](const Title& a, const Title& b) {
    return std::tuple{a.due_on, a.id.size(), a.id} < std::tuple{b.due_on, b.id.size(), b.id};
  };
  const auto largest_first = [](const Title& a, const Title& b) {
    return a.amount != b.amount ? a.amount > b.amount : std::tuple{a.id.size(), a.id} < std::tuple{b.id.size(), b.id};
  };
  if (order == TitleOrder::amount) return std::ranges::sort(titles, largest_first), void();
  std::ranges::sort(titles, oldest_first);
}

}  // namespace tomada::erp

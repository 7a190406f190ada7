#pragma once
// Matching: what the filters of query.hpp mean, for sources that must filter themselves, and for tests of those that
// need not.
#include "query.hpp"
#include "source.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace tomada::erp {

[[nodiscard]] bool matches(const Partner& partner, const PartnerQuery& query);
[[nodiscard]] bool matches(const Category& category, const CategoryQuery& query);
[[nodiscard]] bool matches(const Product& product, const ProductQuery& query);
[[nodiscard]] bool matches(const Order& order, const OrderQuery& query);
[[nodiscard]] bool matches(const Title& title, const TitleQuery& query);

// Whether every word of `text` is part of the name or trade name, or its digits part of those of the CNPJ/CPF.
[[nodiscard]] bool matches(const Counterparty& partner, std::string_view text);
// The digits a search for a CNPJ or CPF means: those of a text of only digits and punctuation, else none.
[[nodiscard]] std::string tax_digits(std::string_view text);
[[nodiscard]] bool status_matches(TitleStatus status, Decimal paid, TitleFilter filter) noexcept;

// The orders of query.hpp. Ids are numbers: 9 comes before 10.
void sort(std::vector<Partner>& partners);
void sort(std::vector<Category>& categories);
void sort(std::vector<Department>& departments);
void sort(std::vector<Product>& products);
void sort(std::vector<Order>& orders);
void sort(std::vector<Title>& titles, TitleOrder order);

// Keeps one slice of what the filters left.
template <class Item>
void cut(std::vector<Item>& items, Slice slice) {
  const auto size = static_cast<std::int64_t>(items.size());
  const auto begin = std::clamp<std::int64_t>(slice.offset, 0, size);
  const auto end = std::clamp<std::int64_t>(slice.limit, 0, size - begin) + begin;
  items.erase(items.begin() + end, items.end());
  items.erase(items.begin(), items.begin() + begin);
}

}  // namespace tomada::erp

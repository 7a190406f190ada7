// Order lines are texts between ASCII's own separators (units within a record, records), which no ERP has in a name;
// read a hundred thousand times for one answer, so nothing that needs a parser.
#include "mirror/codec.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tomada::erp::mirror {
namespace {

constexpr char unit = '\x1f', record = '\x1e';

void add(std::string& out, std::string_view text, char end) {
  const auto begin = out.size();
  out += text;
  std::replace_if(
      out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), [](char c) { return c == unit || c == record; },
      ' ');
  out += end;
}

std::string_view take(std::string_view& text, char end) {
  const auto size = std::min(text.find(end), text.size());
  const auto out = text.substr(0, size);
  text.remove_prefix(std::min(size + 1, text.size()));
  return out;
}

}  // namespace

int settled_code(TitleStatus status) noexcept {
  if (status == TitleStatus::paid) return 1;
  return status == TitleStatus::cancelled ? 2 : 0;
}

TitleStatus settled_status(int code, const Title& title, Date today) noexcept {
  if (code == 1) return TitleStatus::paid;
  return code == 2 ? TitleStatus::cancelled : status_of(title, today);
}

std::string encoded(const std::vector<OrderItem>& items) {
  std::string out;
  for (const auto& item : items) {
    add(out, item.product_code, unit);
    add(out, item.description, unit);
    add(out, item.quantity.text(), unit);
    add(out, item.unit_price.text(), unit);
    add(out, item.total.text(), record);
  }
  return out;
}

std::vector<OrderItem> decoded_items(std::string_view text) {
  std::vector<OrderItem> out;
  while (!text.empty()) {
    auto line = take(text, record);
    auto& item = out.emplace_back();
    item.product_code = take(line, unit);
    item.description = take(line, unit);
    item.quantity = Decimal::parse(take(line, unit));
    item.unit_price = Decimal::parse(take(line, unit));
    item.total = Decimal::parse(take(line, unit));
  }
  return out;
}

}  // namespace tomada::erp::mirror

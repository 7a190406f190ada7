// Revenue: orders that were invoiced, by the day they were ordered on, put together by month, customer or product. What
// of an order is on none of its lines (freight, discounts on the whole) is told apart, so that all sums agree.
#include "matching.hpp"
#include "tools/arguments.hpp"
#include "tools/listing.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace tomada::erp::tools {
namespace {

constexpr std::array<std::string_view, 3> groupings{"month", "customer", "product"};
enum class Grouping { month, customer, product };
constexpr std::int64_t usual_limit = 12;  // of months a whole year

struct Group {
  std::string key;
  Counterparty partner;
  std::string description;
  Decimal quantity, amount = nothing;
  std::int64_t orders = 0;
  std::string last_order;  // its lines come together
  Date last_on;

  void add(const Order& order, Decimal of_it) {
    amount += of_it;
    orders += order.id == last_order && orders > 0 ? 0 : 1;
    last_order = order.id;
    last_on = std::max(last_on, order.ordered_on);
  }
};

class Sales {
 public:
  explicit Sales(Grouping grouping) : grouping_{grouping} {}

  void add(const Order& order) {
    all_.add(order, order.total);
    if (grouping_ == Grouping::month) return of(order.ordered_on.iso().substr(0, 7)).add(order, order.total);
    if (grouping_ == Grouping::product) return add_lines(order);
    auto& group = of(identity_of(order.partner));
    group.partner = order.partner;
    group.add(order, order.total);
  }

  [[nodiscard]] const Group& all() const noexcept { return all_; }
  [[nodiscard]] Decimal not_itemised() const noexcept { return not_itemised_; }

  // Months: the newest first; else the largest.
  [[nodiscard]] std::vector<Group> in_order() {
    std::vector<Group> out;
    out.reserve(groups_.size());
    for (auto& [key, group] : groups_) out.push_back(std::move(group));
    if (grouping_ == Grouping::month)
      std::ranges::reverse(out);
    else
      std::ranges::sort(out, [](const Group& a, const Group& b) {
        return std::tuple{-a.amount, a.key.size(), a.key} < std::tuple{-b.amount, b.key.size(), b.key};
      });
    return out;
  }

 private:
  Group& of(const std::string& key) {
    auto& group = groups_[key];
    group.key = key;
    return group;
  }
  void add_lines(const Order& order) {
    not_itemised_ += order.total;
    for (const auto& item : order.items) {
      auto& group = of(item.product_code.empty() ? item.description : item.product_code);
      group.description = item.description;
      group.quantity += item.quantity;
      group.add(order, item.total);
      not_itemised_ -= item.total;
    }
  }

  const Grouping grouping_;
  std::map<std::string, Group> groups_;
  Group all_;
  Decimal not_itemised_ = nothing;
};

json::object show(const Group& group, Grouping grouping, bool is_detailed, std::string& line) {
  json::object facts;
  if (grouping == Grouping::month) facts["month"] = line = group.key;
  if (grouping == Grouping::customer) facts["customer"] = line = group.partner.name;
  if (grouping == Grouping::product) {
    facts["product"] = group.key;
    facts["description"] = group.description;
    facts["quantity"] = group.quantity.text();
    line = group.key + ' ' + group.description;
  }
  facts["amount"] = group.amount.text();
  line += ": " + group.amount.text();
  if (grouping == Grouping::product)
    line += ", quantity " + group.quantity.text();
  else
    line += ", orders " + std::to_string(group.orders);
  if (grouping != Grouping::product || is_detailed) facts["orders"] = group.orders;
  if (!is_detailed || grouping == Grouping::month) return facts;
  if (grouping == Grouping::customer) facts["tax_id"] = group.partner.tax_id;
  facts["last_on"] = group.last_on.iso();
  line += ", last on " + group.last_on.iso();
  return facts;
}

OrderQuery query_of(const Arguments& read, Date today) {
  OrderQuery query;
  query.status = OrderStatus::invoiced;
  query.from = read.date("from");
  query.to = read.date("to");
  read.check_order("from", query.from, "to", query.to);
  const auto last = query.to.value_or(today);
  const auto year_before = (last - (static_cast<std::int64_t>(last.day()) - 1)).plus_months(-11);
  if (!query.from) query.from = year_before;
  if (!query.to) query.to = std::max(today, *query.from);
  query.partner = read.text("partner");
  return query;
}

}  // namespace

Answer sales(Source& source, const json::object& arguments, const Request& request) {
  const Arguments read{arguments};
  const auto grouping = read.choice("group_by", groupings, Grouping::month);
  const auto query = query_of(read, request.today);
  const auto name = std::string{groupings[static_cast<std::size_t>(grouping)]};
  Listing listing{"sales by " + name, "from, to or partner", "from or to", arguments, usual_limit};
  Sales sales{grouping};
  if (grouping == Grouping::product) source.require_items();
  const auto provenance = source.each_order(query, request, [&](const Order& order) { sales.add(order); });
  auto groups = sales.in_order();
  const auto total = static_cast<std::int64_t>(groups.size());
  cut(groups, listing.slice());
  if (grouping == Grouping::customer) {
    std::vector<Counterparty*> shown;
    shown.reserve(groups.size());
    for (auto& group : groups) shown.push_back(&group.partner);
    source.name(shown, request);
  }
  json::object sums{{"amount", sales.all().amount.text()},
                    {"orders", sales.all().orders},
                    {"from", query.from->iso()},
                    {"to", query.to->iso()}};
  auto line = ", orders " + std::to_string(sales.all().orders) + ", amount " + sales.all().amount.text() + ", from " +
              query.from->iso() + " to " + query.to->iso();
  if (!sales.not_itemised().is_zero()) {
    sums["not_itemised"] = sales.not_itemised().text();
    line += ", of it on no line " + sales.not_itemised().text();
  }
  listing.summary(std::move(sums), line);
  for (const auto& group : groups) {
    std::string words;
    auto facts = show(group, grouping, is_detailed(read), words);
    listing.item(std::move(facts), words);
  }
  return std::move(listing).finish(source, provenance, total, request);
}

}  // namespace tomada::erp::tools

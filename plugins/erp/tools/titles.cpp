// Receivables and payables: the same list seen from two sides.
#include "tools/arguments.hpp"
#include "tools/listing.hpp"

namespace tomada::erp::tools {
namespace {

constexpr std::array<std::string_view, 7> filters{"all", "open", "overdue", "due", "partial", "paid", "cancelled"};
constexpr std::array<std::string_view, 5> statuses{"open", "overdue", "partial", "paid", "cancelled"};
constexpr std::array<std::string_view, 2> orders_of_titles{"due_date", "amount"};

std::string late(const Title& title, Date today) {
  if (title.status != TitleStatus::overdue) return {};
  const auto days = today - title.due_on;
  return " (" + std::to_string(days) + (days == 1 ? " day late)" : " days late)");
}

void show(Listing& listing, const Title& title, Date today) {
  const auto status = statuses[static_cast<std::size_t>(title.status)];
  json::object facts{{"id", title.id},
                     {"document", title.document},
                     {"installment", title.installment},
                     {"partner", title.partner.name},
                     {"tax_id", title.partner.tax_id},
                     {"category", title.category},
                     {"issued_on", title.issued_on.iso()},
                     {"due_on", title.due_on.iso()},
                     {"amount", title.amount.text()},
                     {"open", title.open.text()},
                     {"status", std::string{status}}};
  if (title.status == TitleStatus::overdue) facts["days_overdue"] = today - title.due_on;
  if (!title.paid.is_zero()) facts["paid"] = title.paid.text();
  if (title.paid_on) facts["paid_on"] = title.paid_on->iso();
  auto line = title.partner.name + ", " + title.document + ' ' + title.installment + ", due " + title.due_on.iso() +
              late(title, today) + ": " + title.amount.text() + ' ' + std::string{status};
  if (title.open != title.amount && !title.open.is_zero()) line += ", open " + title.open.text();
  listing.item(facts, line);
}

TitleQuery read_query(const Arguments& read, Direction direction) {
  TitleQuery query;
  query.direction = direction;
  query.status = read.choice("status", filters, TitleFilter::open);
  query.due_from = read.date("due_from");
  query.due_to = read.date("due_to");
  query.partner = read.text("partner");
  query.min_amount = read.amount("min_amount");
  query.max_amount = read.amount("max_amount");
  query.order = read.choice("order", orders_of_titles, TitleOrder::due_date);
  read.check_order("due_from", query.due_from, "due_to", query.due_to);
  read.check_order("min_amount", query.min_amount, "max_amount", query.max_amount);
  return query;
}

Answer titles(Source& source, const json::object& arguments, const Request& request, Direction direction) {
  const bool is_receivable = direction == Direction::receivable;
  Listing listing{is_receivable ? "receivables" : "payables", "status, due_from, due_to, partner or min_amount",
                  "status, due_from or due_to", arguments};
  auto query = read_query(Arguments{arguments}, direction);
  query.slice = listing.slice();
  const auto page = source.titles(query, request);
  listing.summary({{"amount", page.amount.text()}, {"open", page.open.text()}, {"overdue", page.overdue.text()}},
                  ", amount " + page.amount.text() + ", open " + page.open.text() + ", overdue " + page.overdue.text());
  for (const auto& title : page.items) show(listing, title, request.today);
  return std::move(listing).finish(source, page, page.total, request);
}

}  // namespace

Answer receivables(Source& source, const json::object& arguments, const Request& request) {
  return titles(source, arguments, request, Direction::receivable);
}

Answer payables(Source& source, const json::object& arguments, const Request& request) {
  return titles(source, arguments, request, Direction::payable);
}

}  // namespace tomada::erp::tools

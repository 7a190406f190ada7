// What is booked in the demo company: one row more, under its key once.
#include "demo/demo_source.hpp"
#include "demo/question.hpp"

namespace tomada::erp::demo {

std::optional<Partner> DemoSource::find_partner(const std::string& id, const Request& request) {
  const std::lock_guard lock{mutex_};
  Question row{store(request.today),
               "SELECT id, name, trade_name, tax_id, is_active FROM partners WHERE id = CAST(:id AS INTEGER)"};
  row.with(":id", id);
  if (!row.next()) return std::nullopt;
  Partner out;
  out.id = row.text();
  out.name = row.text();
  out.trade_name = row.text();
  out.tax_id = row.text();
  out.is_active = row.flag();
  return out;
}

Booking DemoSource::create_partner(const Partner& draft, const std::string& key, const Request& request) {
  const std::lock_guard lock{mutex_};
  Question same{store(request.today), "SELECT id, name FROM partners WHERE tax_id = :tax_id"};
  same.with(":tax_id", draft.tax_id);
  if (same.next()) {
    const auto id = same.text(), name = same.text();
    if (id == std::to_string(Entries::id_of(key))) return {id, true};
    throw sdk::ToolError{draft.tax_id + " is registered already: " + name + " (id " + id + "). Use that one."};
  }
  sdk::json::object row{{"name", draft.name}, {"trade_name", draft.trade_name}, {"tax_id", draft.tax_id}};
  row["city"] = draft.city;
  row["state"] = draft.state;
  row["email"] = draft.email;
  row["is_customer"] = draft.is_customer;
  row["is_supplier"] = draft.is_supplier;
  return enter(key, row, request.today);
}

Booking DemoSource::create_title(const Title& draft, const std::string& key, const Request& request) {
  const std::lock_guard lock{mutex_};
  sdk::json::object row{{"is_receivable", draft.direction == Direction::receivable}, {"document", draft.document}};
  row["partner"] = draft.partner.id;
  row["category"] = draft.category_code;
  row["issued_on"] = draft.issued_on.iso();
  row["due_on"] = draft.due_on.iso();
  row["amount_cents"] = draft.amount.rounded(2).units();
  return enter(key, row, request.today);
}

Booking DemoSource::enter(const std::string& key, const sdk::json::object& row, Date today) {
  const auto id = std::to_string(Entries::id_of(key));
  (void)store(today);  // what was booked elsewhere meanwhile
  if (entries_->has(key)) return {id, true};
  if (!entries_->save(key, row))
    throw sdk::ToolError{
        "the demo company cannot keep it: its instance was not granted tomada.store/1, or the disk is full"};
  (void)store(today);
  return {id, false};
}

}  // namespace tomada::erp::demo

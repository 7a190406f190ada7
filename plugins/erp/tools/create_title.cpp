// A payable or a receivable of one instalment: the same entry seen from two sides.
#include "tools/booking.hpp"

namespace tomada::erp::tools {
namespace {

constexpr std::size_t longest_document = 20;
constexpr int cents = 2, most_years_ahead = 30;

Decimal positive_amount(const Arguments& read) {
  const auto amount = read.amount("amount");
  if (!amount || amount->is_negative() || amount->is_zero() || amount->rounded(cents) != *amount)
    throw sdk::InvalidParams{"amount must be more than zero, in whole cents; expected one like 1234.56"};
  return amount->rounded(cents);
}

Counterparty partner_of(const std::string& id, Source& source, const Request& request) {
  const auto found = source.find_partner(id, request);
  if (!found)
    throw sdk::ToolError{"there is no partner with the id " + id +
                         "; look it up with erp_partners, or create it first"};
  if (!found->is_active) throw sdk::ToolError{found->name + " (" + id + ") is inactive; activate it in the ERP first"};
  return {found->id, found->name, found->trade_name, found->tax_id};
}

Category category_of(const std::string& code, Direction direction, Source& source, const Request& request) {
  CategoryQuery query;
  query.text = code;
  query.slice.limit = 500;
  const auto page = source.categories(query, request);
  const auto kind = direction == Direction::payable ? CategoryKind::expense : CategoryKind::revenue;
  for (const auto& category : page.items) {
    if (category.code != code) continue;
    if (category.is_group || !category.is_active || category.kind != kind) break;
    return category;
  }
  throw sdk::ToolError{"\"" + code + "\" is no category in use for " +
                       (kind == CategoryKind::expense ? "expenses" : "revenue") +
                       "; look one up with erp_categories, not a group"};
}

Title title_draft(const Arguments& read, Direction direction, Source& source, const Request& request) {
  Title out;
  out.direction = direction;
  out.amount = positive_amount(read);
  out.due_on = *read.date("due_on");
  out.issued_on = read.date("issued_on").value_or(request.today);
  if (out.issued_on > out.due_on)
    throw sdk::InvalidParams{"due_on " + out.due_on.iso() + " is before issued_on " + out.issued_on.iso() +
                             "; give issued_on when the document is older than today"};
  if (out.due_on > request.today + most_years_ahead * 366)
    throw sdk::InvalidParams{"due_on " + out.due_on.iso() + " is more than 30 years ahead"};
  out.document = plain_text(read, "document", longest_document);
  out.partner = partner_of(read.text("partner_id"), source, request);
  const auto category = category_of(read.text("category"), direction, source, request);
  out.category_code = category.code;
  out.category = category.description;
  return out;
}

json::object facts_of(const Title& draft) {
  json::object out{{"partner_id", draft.partner.id},     {"partner", draft.partner.name},
                   {"amount", draft.amount.text()},      {"due_on", draft.due_on.iso()},
                   {"issued_on", draft.issued_on.iso()}, {"category", draft.category_code}};
  if (!draft.document.empty()) out["document"] = draft.document;
  return out;
}

std::string question_of(const Title& draft, std::string_view what, std::string_view source) {
  return "Book this " + std::string{what} + " in " + std::string{source} + "?\n" +
         (draft.direction == Direction::payable ? "To: " : "From: ") + draft.partner.name + ", " +
         draft.partner.tax_id + " (id " + draft.partner.id + ")\nAmount: " + draft.amount.text() +
         " BRL\nDue: " + draft.due_on.iso() + "\nIssued: " + draft.issued_on.iso() +
         "\nCategory: " + draft.category_code + ' ' + draft.category +
         (draft.document.empty() ? std::string{} : "\nDocument: " + draft.document);
}

Answer create_title(Source& source, const json::object& arguments, const Request& request, const sdk::Host& host,
                    Direction direction) {
  if (!source.can_write()) throw source.does_not_write();
  const Arguments read{arguments};
  const auto draft = title_draft(read, direction, source, request);
  const std::string what = direction == Direction::payable ? "payable" : "receivable";
  const auto send = [&](const std::string& key) { return source.create_title(draft, key, request); };
  return book(source, {what, facts_of(draft), question_of(draft, what, source.name()), send}, read, request, host);
}

}  // namespace

Answer create_payable(Source& source, const json::object& arguments, const Request& request, const sdk::Host& host) {
  return create_title(source, arguments, request, host, Direction::payable);
}

Answer create_receivable(Source& source, const json::object& arguments, const Request& request, const sdk::Host& host) {
  return create_title(source, arguments, request, host, Direction::receivable);
}

}  // namespace tomada::erp::tools

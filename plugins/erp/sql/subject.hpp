#pragma once
// Subject: what a company may configure a query for, and the columns that such a query answers.
#include <array>
#include <span>
#include <string_view>

namespace tomada::erp::sql {

enum class FieldKind {
  text,
  word,    // one of a few
  number,  // exact decimal
  money,   // the same, and summed; its column may also be called NAME_cents and hold whole cents
  date,
  flag
};

struct Field {
  std::string_view name;
  FieldKind kind = FieldKind::text;
  bool is_required = false;
  std::string_view words{};          // of a word, parted by blanks
  bool is_true_when_absent = false;  // of a flag
};

struct Subject {
  std::string_view name;  // the key of [plugin.NAME.sql]
  std::span<const Field> fields;
};

namespace fields {

using enum FieldKind;
inline constexpr Field partners[] = {{"id", text, true},
                                     {"name", text, true},
                                     {"trade_name"},
                                     {"tax_id"},
                                     {"city"},
                                     {"state"},
                                     {"email"},
                                     {"phone"},
                                     {"is_customer", flag},
                                     {"is_supplier", flag},
                                     {"is_active", flag, false, {}, true}};
inline constexpr Field categories[] = {{"code", text, true},
                                       {"description", text, true},
                                       {"kind", word, true, "revenue expense transfer"},
                                       {"is_group", flag},
                                       {"is_active", flag, false, {}, true}};
inline constexpr Field departments[] = {
    {"code", text, true}, {"description", text, true}, {"structure"}, {"is_active", flag, false, {}, true}};
inline constexpr Field products[] = {
    {"id", text, true},     {"code", text, true},    {"description", text, true}, {"unit"},
    {"price", money, true}, {"stock", number, true}, {"minimum_stock", number},   {"is_active", flag, false, {}, true}};
inline constexpr Field orders[] = {
    {"id", text, true},         {"number", text, true}, {"partner_id"},
    {"partner", text, true},    {"trade_name"},         {"tax_id"},
    {"ordered_on", date, true}, {"expected_on", date},  {"status", word, true, "quote open invoiced cancelled"},
    {"total", money, true},     {"invoice_number"}};
inline constexpr Field order_items[] = {{"order_id", text, true},    {"product_code", text, true},
                                        {"description", text, true}, {"quantity", number, true},
                                        {"unit_price", money, true}, {"total", money, true}};
inline constexpr Field titles[] = {{"id", text, true},
                                   {"direction", word, true, "receivable payable"},
                                   {"document"},
                                   {"installment"},
                                   {"partner_id"},
                                   {"partner", text, true},
                                   {"trade_name"},
                                   {"tax_id"},
                                   {"category_code"},
                                   {"category"},
                                   {"issued_on", date, true},
                                   {"due_on", date, true},
                                   {"paid_on", date},
                                   {"amount", money, true},
                                   {"paid", money},
                                   {"open", money},
                                   {"is_cancelled", flag}};
inline constexpr Field accounts[] = {
    {"id", text, true}, {"name", text, true}, {"kind"}, {"bank"}, {"balance", money, true}};

}  // namespace fields

namespace subjects {

inline constexpr Subject partners{"partners", fields::partners}, categories{"categories", fields::categories},
    departments{"departments", fields::departments}, products{"products", fields::products},
    orders{"orders", fields::orders}, order_items{"order_items", fields::order_items}, titles{"titles", fields::titles},
    accounts{"accounts", fields::accounts};
inline constexpr std::array all{&partners, &categories,  &departments, &products,
                                &orders,   &order_items, &titles,      &accounts};

}  // namespace subjects

}  // namespace tomada::erp::sql

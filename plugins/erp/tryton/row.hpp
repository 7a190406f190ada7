#pragma once
// Row: one record of Tryton's JSON, read exactly. Related records that were asked for with a dotted name stand in a
// member whose name ends with a dot. A value that cannot be read is never zero.
#include "date.hpp"

#include <tomada/decimal.hpp>
#include <tomada/json.hpp>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::erp::tryton {

struct FieldError : std::runtime_error {  // "debit is no decimal number: \"abc\""
  FieldError(std::string_view field, std::string_view problem)
      : std::runtime_error{std::string{field} + ' ' + std::string{problem}} {}
};

class Row {
 public:
  explicit Row(const sdk::json::object& from) noexcept : from_{&from} {}

  // Null and absent: 0, empty, false, no date, an empty row. Anything of another type throws FieldError.
  [[nodiscard]] std::int64_t id(std::string_view name = "id") const;  // of the record, or of a many2one
  [[nodiscard]] std::string text(std::string_view name) const;        // trimmed
  [[nodiscard]] bool flag(std::string_view name) const;               // SQLite's 1 is true
  [[nodiscard]] std::optional<Date> date(std::string_view name) const;
  [[nodiscard]] sdk::Decimal money(std::string_view name) const;     // with at least two places
  [[nodiscard]] sdk::Decimal quantity(std::string_view name) const;  // without trailing zeros
  [[nodiscard]] std::vector<std::int64_t> ids(std::string_view name) const;
  [[nodiscard]] Row part(std::string_view name) const;                // "party." of "party.name"
  [[nodiscard]] std::vector<Row> parts(std::string_view name) const;  // "lines." of "lines.amount"

  [[nodiscard]] sdk::Decimal required_money(std::string_view name) const;  // throws when null, too
  [[nodiscard]] Date required_date(std::string_view name) const;

 private:
  [[nodiscard]] const sdk::json::value* find(std::string_view name) const;  // null: absent, or null
  [[nodiscard]] sdk::Decimal number(std::string_view name) const;
  [[nodiscard]] const sdk::json::array& list(std::string_view name) const;
  const sdk::json::object* from_;
};

}  // namespace tomada::erp::tryton

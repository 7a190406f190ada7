#pragma once
// Row: one record of an answer, read exactly by the names of its columns. A value that cannot be read is never zero.
#include "date.hpp"
#include "sql/dialect.hpp"

#include <tomada/decimal.hpp>
#include <tomada/sdk/database.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tomada::erp::sql {

class Row {
 public:
  // subject: whose query it is of, for messages.
  Row(std::string_view subject, Dialect dialect, const sdk::Table& table, std::size_t at)
      : subject_{subject}, dialect_{dialect}, table_{&table}, cells_{&table.rows[at].as_array()} {}

  // Null: empty, false, no date. What is of another type throws ToolError with query, column and value.
  [[nodiscard]] std::string text(std::string_view column) const;  // trimmed
  [[nodiscard]] std::string raw_text(std::string_view column) const;
  [[nodiscard]] std::size_t word(std::string_view column, std::span<const std::string_view> words) const;  // which
  [[nodiscard]] std::int64_t count(std::string_view column) const;
  [[nodiscard]] bool flag(std::string_view column) const { return count(column) != 0; }
  [[nodiscard]] Date date(std::string_view column) const;  // null throws, too
  [[nodiscard]] std::optional<Date> optional_date(std::string_view column) const;
  [[nodiscard]] sdk::Decimal money(std::string_view column) const;   // with at least two places; null throws, too
  [[nodiscard]] sdk::Decimal number(std::string_view column) const;  // without trailing zeros; null is 0

 private:
  [[nodiscard]] const sdk::json::value* find(std::string_view column) const;  // null: NULL
  [[nodiscard]] sdk::ToolError unreadable(std::string_view column, std::string_view expected) const;

  std::string_view subject_;
  Dialect dialect_;
  const sdk::Table* table_;
  const sdk::json::array* cells_;
};

}  // namespace tomada::erp::sql

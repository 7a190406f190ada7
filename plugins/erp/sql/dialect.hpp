#pragma once
// Dialect: the few places where PostgreSQL and SQLite must be asked differently.
#include "sql/subject.hpp"

#include <string>
#include <string_view>

namespace tomada::erp::sql {

enum class Dialect { postgresql, sqlite };

// What stands for a configured column in every question: text as text, flags 1 or 0, money as numeric or, in SQLite,
// which has no decimals, as whole cents. A value that cannot be read is NULL, never zero. column: "q.NAME". zone:
// where days begin.
[[nodiscard]] std::string canonical(Dialect dialect, const Field& field, const std::string& column,
                                    std::string_view type, bool is_cents, const std::string& zone);
[[nodiscard]] std::string absent(Dialect dialect, const Field& field);  // the same, of a column that is not there

// A condition that holds where the column's value is not what it must be.
[[nodiscard]] std::string bad(Dialect dialect, const Field& field, const std::string& column);
// Whether a column of this type can be it at all; PostgreSQL alone knows before a row is read.
[[nodiscard]] bool fits(const Field& field, std::string_view type);
[[nodiscard]] std::string_view expected(FieldKind kind);  // "a date, or text as 2026-11-20"

// In lower case without accents, as fold() of folding.hpp does it. letters, plain: the parameters with those tables.
[[nodiscard]] std::string folded(Dialect dialect, const std::string& text, const std::string& letters,
                                 const std::string& plain);
struct FoldingTable {
  std::string letters;  // those that change, and after them those that go
  std::string plain;    // what they become
};
[[nodiscard]] const FoldingTable& folding_table();
[[nodiscard]] std::string bytewise(Dialect dialect, const std::string& text);  // for ORDER BY: not by a country's rules

}  // namespace tomada::erp::sql

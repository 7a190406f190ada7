#include "sql/dialect.hpp"

#include "folding.hpp"

#include <algorithm>
#include <array>

namespace tomada::erp::sql {
namespace {

constexpr std::string_view with_time_zone = "timestamp with time zone";
constexpr std::string_view capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", small = "abcdefghijklmnopqrstuvwxyz";

std::string two_bytes(unsigned code) {
  return {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 0x3F))};
}

FoldingTable make_folding_table() {
  FoldingTable out{std::string{capitals}, std::string{small}};
  for (unsigned code = 0xA0; code < 0x180; ++code) {
    const auto letter = two_bytes(code), plain = fold(letter);
    if (plain == letter) continue;
    out.letters += letter;
    out.plain += plain;
  }
  for (unsigned code = 0x300; code < 0x370; ++code) out.letters += two_bytes(code);  // combining: they go
  return out;
}

// SQLite takes any text for a number, and says 0.
std::string is_number(const std::string& column) {
  return "(typeof(" + column + ") IN ('integer', 'real') OR (typeof(" + column + ") = 'text' AND " + column +
         " GLOB '*[0-9]*' AND NOT substr(" + column + ", 2) GLOB '*[^.0-9]*' AND NOT substr(" + column +
         ", 1, 1) GLOB '[^-+.0-9]' AND NOT " + column + " GLOB '*.*.*'))";
}

std::string is_day(const std::string& column) {
  return "(typeof(" + column + ") = 'text' AND date(" + column + ") IS substr(" + column + ", 1, 10) AND NOT substr(" +
         column + ", 11) GLOB '*[-+zZ]*')";
}

std::string flag_of(const Field& field, const std::string& is_true) {
  return "CASE WHEN coalesce(" + is_true + ", " + (field.is_true_when_absent ? "1 = 1" : "1 = 0") +
         ") THEN 1 ELSE 0 END";
}

std::string quoted_words(std::string_view words) {
  std::string out = "('";
  for (const char c : words) out += c == ' ' ? std::string{"', '"} : std::string{c};
  return out + "')";
}

}  // namespace

std::string canonical(Dialect dialect, const Field& field, const std::string& column, std::string_view type,
                      bool is_cents, const std::string& zone) {
  const bool is_sqlite = dialect == Dialect::sqlite;
  switch (field.kind) {
    case FieldKind::text:
    case FieldKind::word:
      return "trim(coalesce(CAST(" + column + " AS text), ''))";
    case FieldKind::flag:
      return flag_of(field, type == "boolean" ? column : column + " <> 0");
    case FieldKind::date:
      if (is_sqlite) return column;
      return "CAST(" + column + (type == with_time_zone ? " AT TIME ZONE '" + zone + "'" : "") + " AS date)";
    case FieldKind::number:
      return is_sqlite ? "CASE WHEN " + is_number(column) + " THEN " + column + " END"
                       : "CAST(" + column + " AS numeric)";
    case FieldKind::money:
      break;
  }
  if (!is_sqlite) return "CAST(" + column + " AS numeric)" + (is_cents ? " * 0.01" : "");
  const auto cents = is_cents ? column : "round(" + column + " * 100)";
  return "CASE WHEN " + is_number(column) + " THEN CAST(" + cents + " AS INTEGER) END";
}

std::string absent(Dialect dialect, const Field& field) {
  switch (field.kind) {
    case FieldKind::text:
    case FieldKind::word:
      return "''";
    case FieldKind::flag:
      return field.is_true_when_absent ? "1" : "0";
    case FieldKind::date:
      return dialect == Dialect::sqlite ? "NULL" : "CAST(NULL AS date)";
    case FieldKind::number:
    case FieldKind::money:
      break;
  }
  return dialect == Dialect::sqlite ? "NULL" : "CAST(NULL AS numeric)";
}

std::string bad(Dialect dialect, const Field& field, const std::string& column) {
  const auto unless_null = [&](const std::string& is_good) {
    return "(" + column + (field.is_required ? " IS NULL OR NOT " : " IS NOT NULL AND NOT ") + is_good + ")";
  };
  if (field.kind == FieldKind::word) return unless_null(column + " IN " + quoted_words(field.words));
  if (dialect == Dialect::sqlite) {
    if (field.kind == FieldKind::number || field.kind == FieldKind::money) return unless_null(is_number(column));
    if (field.kind == FieldKind::date && field.is_required) return unless_null(is_day(column));
    if (field.kind == FieldKind::date) return unless_null("(" + column + " = '' OR " + is_day(column) + ")");
    if (field.kind == FieldKind::flag) return unless_null("typeof(" + column + ") = 'integer'");
  }
  return field.is_required ? column + " IS NULL" : "1 = 0";
}

bool fits(const Field& field, std::string_view type) {
  constexpr std::array<std::string_view, 7> numbers{"smallint", "integer",          "bigint", "numeric",
                                                    "real",     "double precision", "money"};
  constexpr std::array<std::string_view, 4> flags{"boolean", "smallint", "integer", "bigint"};
  const auto is_one_of = [type](const auto& types) {
    return std::find(types.begin(), types.end(), type) != types.end();
  };
  if (type.empty()) return true;
  switch (field.kind) {
    case FieldKind::number:
    case FieldKind::money:
      return is_one_of(numbers);
    case FieldKind::date:
      return type == "date" || type.starts_with("timestamp");
    case FieldKind::flag:
      return is_one_of(flags);
    default:
      return true;
  }
}

std::string_view expected(FieldKind kind) {
  switch (kind) {
    case FieldKind::number:
    case FieldKind::money:
      return "a number";
    case FieldKind::date:
      return "a date (in SQLite text as 2026-11-20)";
    case FieldKind::flag:
      return "a boolean or 0 and 1";
    default:
      return "text";
  }
}

// PostgreSQL's translate looks through the whole table for each letter; most texts have none that are in it but
// capitals.
std::string folded(Dialect dialect, const std::string& text, const std::string& letters, const std::string& plain) {
  auto whole = "translate(" + text + ", " + letters + ", " + plain + ")";
  if (dialect == Dialect::sqlite) return whole;
  return "CASE WHEN octet_length(" + text + ") = char_length(" + text + ") THEN translate(" + text + ", '" +
         std::string{capitals} + "', '" + std::string{small} + "') ELSE " + whole + " END";
}

const FoldingTable& folding_table() {
  static const FoldingTable table = make_folding_table();
  return table;
}

std::string bytewise(Dialect dialect, const std::string& text) {
  return dialect == Dialect::sqlite ? text : "(" + text + ") COLLATE \"C\"";
}

}  // namespace tomada::erp::sql

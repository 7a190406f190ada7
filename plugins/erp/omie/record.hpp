#pragma once
// Record: one object of Omie's JSON, read exactly. An absent field is an empty value unless it is required; a number
// that cannot be read is never zero.
#include "date.hpp"

#include <tomada/decimal.hpp>
#include <tomada/json.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tomada::erp::omie {

struct FieldError : std::runtime_error {  // thrown by what is marked so below: "nValAberto is missing"
  FieldError(std::string_view field, std::string_view problem)
      : std::runtime_error{std::string{field} + ' ' + std::string{problem}} {}
};

class Record {
 public:
  explicit Record(const sdk::json::object& from) noexcept : from_{&from} {}

  [[nodiscard]] Record part(std::string_view name) const;       // an object inside; empty when absent
  [[nodiscard]] std::string text(std::string_view name) const;  // trimmed, HTML entities read
  [[nodiscard]] std::string id(std::string_view name) const;    // a number's digits; empty for 0
  [[nodiscard]] std::optional<sdk::Decimal> find_number(std::string_view name) const;  // absent also if unreadable
  [[nodiscard]] sdk::Decimal number(std::string_view name) const;  // the source's digits, 0 if absent; throws
  [[nodiscard]] sdk::Decimal money(std::string_view name) const;   // with at least two places; throws
  [[nodiscard]] std::optional<Date> date(std::string_view name) const;

  [[nodiscard]] sdk::Decimal required_number(std::string_view name) const;  // throws
  [[nodiscard]] sdk::Decimal required_money(std::string_view name) const;   // throws
  [[nodiscard]] Date required_date(std::string_view name) const;            // throws

  [[nodiscard]] bool is_yes(std::string_view name) const;  // "S"
  [[nodiscard]] const sdk::json::array* list(std::string_view name) const;

 private:
  [[nodiscard]] const sdk::json::value* find(std::string_view name) const;
  [[nodiscard]] bool is_absent(std::string_view name) const;  // or null, or an empty text
  const sdk::json::object* from_;
};

[[nodiscard]] std::string read_entities(std::string_view text);  // "A &amp; B" is "A & B"

}  // namespace tomada::erp::omie

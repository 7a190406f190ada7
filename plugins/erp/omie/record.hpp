#pragma once
// Record: one object of Omie's JSON, read exactly. An absent field is an empty value, never an error.
#include "date.hpp"

#include <tomada/decimal.hpp>
#include <tomada/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace tomada::erp::omie {

class Record {
 public:
  explicit Record(const sdk::json::object& from) noexcept : from_{&from} {}

  [[nodiscard]] Record part(std::string_view name) const;          // an object inside; empty when absent
  [[nodiscard]] std::string text(std::string_view name) const;     // trimmed, HTML entities read
  [[nodiscard]] std::string id(std::string_view name) const;       // a number's digits; empty for 0
  [[nodiscard]] sdk::Decimal number(std::string_view name) const;  // the source's digits
  [[nodiscard]] sdk::Decimal money(std::string_view name) const;   // with at least two places
  [[nodiscard]] std::optional<Date> date(std::string_view name) const;
  [[nodiscard]] bool is_yes(std::string_view name) const;  // "S"
  [[nodiscard]] const sdk::json::array* list(std::string_view name) const;

 private:
  [[nodiscard]] const sdk::json::value* find(std::string_view name) const;
  const sdk::json::object* from_;
};

[[nodiscard]] std::string read_entities(std::string_view text);  // "A &amp; B" is "A & B"

}  // namespace tomada::erp::omie

#pragma once
// Statement: SQL that grows, and the values bound to it. No value ever becomes a part of the text.
#include "date.hpp"
#include "sql/dialect.hpp"

#include <tomada/plugin.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace tomada::erp::sql {

class Statement {
 public:
  explicit Statement(Dialect dialect) : dialect_{dialect} {}

  [[nodiscard]] std::string bind(std::string_view value);  // the parameter that stands for it, "$1"
  [[nodiscard]] std::string bind(std::int64_t value);
  [[nodiscard]] std::string bind(Date value);  // comparable with a date

  // Conditions, which all must hold.
  void where(const std::string& condition);
  void where_words(const std::string& text, std::string_view words);  // every one of them, as has_words
  void where_names(const std::string& name, std::string_view words);  // or trade name, or tax number, as matches()
  [[nodiscard]] std::string has_words(const std::string& text, std::string_view words);  // a condition
  [[nodiscard]] std::string fold(const std::string& text);

  [[nodiscard]] const std::string& conditions() const noexcept { return conditions_; }  // " WHERE …", or nothing
  [[nodiscard]] Dialect dialect() const noexcept { return dialect_; }
  [[nodiscard]] const sdk::json::array& parameters() const noexcept { return parameters_; }

 private:
  const Dialect dialect_;
  std::string conditions_, letters_, plain_;
  sdk::json::array parameters_;
};

}  // namespace tomada::erp::sql

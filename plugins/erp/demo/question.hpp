#pragma once
// Question: one SELECT with named parameters, all bound; rows are read column by column.
#include "model.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tomada::erp::demo {

class Question {
 public:
  Question(SQLite::Database& store, const std::string& sql) : statement_{store, sql} {}

  Question& with(const char* name, std::string_view value) {
    statement_.bind(name, std::string{value});
    return *this;
  }
  Question& with(const char* name, std::int64_t value) {
    statement_.bind(name, value);
    return *this;
  }
  Question& with(const char* name, const std::optional<std::int64_t>& value) {
    return value ? with(name, *value) : *this;  // an unbound parameter is NULL
  }
  Question& with(const char* name, const std::optional<bool>& value) {
    return value ? with(name, std::int64_t{*value}) : *this;
  }
  Question& with(const char* name, const std::optional<Date>& value) {
    return value ? with(name, value->iso()) : *this;
  }

  [[nodiscard]] bool next() { return statement_.executeStep(); }
  [[nodiscard]] std::string text() { return statement_.getColumn(column_++).getString(); }
  [[nodiscard]] std::int64_t number() { return statement_.getColumn(column_++).getInt64(); }
  [[nodiscard]] bool flag() { return number() != 0; }
  [[nodiscard]] Decimal cents() { return Decimal::from_units(number(), 2); }
  [[nodiscard]] Date date() { return *Date::read_iso(text()); }
  [[nodiscard]] std::optional<Date> optional_date() { return Date::read_iso(text()); }
  void begin_row() noexcept { column_ = 0; }

 private:
  SQLite::Statement statement_;
  int column_ = 0;
};

}  // namespace tomada::erp::demo

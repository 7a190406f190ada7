#pragma once
// Arguments: a call's arguments as the types the queries want. The schema has been checked; what a schema cannot say,
// such as a day that does not exist, throws InvalidParams with the mend.
#include "source.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tomada::erp::tools {

class Arguments {
 public:
  explicit Arguments(const sdk::json::object& from) noexcept : from_{from} {}

  [[nodiscard]] std::string text(const char* key) const;  // without spaces around it; empty: absent
  [[nodiscard]] std::optional<bool> flag(const char* key) const;
  [[nodiscard]] std::int64_t integer(const char* key, std::int64_t otherwise) const;
  [[nodiscard]] std::optional<Date> date(const char* key) const;            // 2026-11-20
  [[nodiscard]] std::optional<Date> brazilian_date(const char* key) const;  // 20/11/2026
  [[nodiscard]] std::optional<Decimal> amount(const char* key) const;       // 1234.56 as number or text

  // The place of the argument's value in `names`, as an enumerator. Absent: `otherwise`.
  template <class Enumeration, std::size_t size>
  [[nodiscard]] Enumeration choice(const char* key, const std::array<std::string_view, size>& names,
                                   Enumeration otherwise) const {
    const auto value = text(key);
    for (std::size_t i = 0; i < size; ++i) {
      if (value == names[i]) return static_cast<Enumeration>(i);
    }
    if (value.empty()) return otherwise;
    refuse(key, value, names);
  }

  // Throws InvalidParams when the first is beyond the second.
  template <class Value>
  void check_order(const char* first_key, const std::optional<Value>& first, const char* second_key,
                   const std::optional<Value>& second) const {
    if (first && second && *first > *second) refuse_order(first_key, second_key);
  }

 private:
  [[noreturn]] void refuse_order(const char* first_key, const char* second_key) const;
  [[nodiscard]] std::string given(const char* key) const;  // as the caller wrote it
  [[noreturn]] static void refuse(const char* key, const std::string& value, std::span<const std::string_view> names);
  const sdk::json::object& from_;
};

}  // namespace tomada::erp::tools

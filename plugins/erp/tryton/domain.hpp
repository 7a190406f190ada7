#pragma once
// Domain: what Tryton filters by, as it wants it: [field, operator, value], all of which hold.
#include "date.hpp"

#include <tomada/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tomada::erp::tryton {

[[nodiscard]] inline sdk::json::object value_of(Date date) {
  return {{"__class__", "date"}, {"year", date.year()}, {"month", date.month()}, {"day", date.day()}};
}

class Domain {
 public:
  Domain& with(std::string_view field, std::string_view comparison, sdk::json::value value) {
    clauses_.push_back(sdk::json::array{view(field), view(comparison), std::move(value)});
    return *this;
  }
  Domain& among(std::string_view field, const std::vector<std::int64_t>& ids) {
    sdk::json::array list;
    for (const auto id : ids) list.emplace_back(id);
    return with(field, "in", std::move(list));
  }
  Domain& either(const Domain& a, const Domain& b) {
    clauses_.push_back(sdk::json::array{"OR", a.clauses_, b.clauses_});
    return *this;
  }

  [[nodiscard]] const sdk::json::array& clauses() const noexcept { return clauses_; }

 private:
  static sdk::json::string_view view(std::string_view text) { return {text.data(), text.size()}; }
  sdk::json::array clauses_;
};

}  // namespace tomada::erp::tryton

#pragma once
// Names: what Brazilian companies, people and cities are called. Every name is invented.
#include "random.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace tomada::erp::demo {

struct CompanyName {
  std::string legal;  // Padaria e Confeitaria Boa Vista Ltda
  std::string trade;  // Padaria Boa Vista
};
struct City {
  std::string_view name, state, area_code;
  int weight;  // how many of the company's partners are there
};

// The same number gives the same name; different numbers, different names.
[[nodiscard]] CompanyName shop_name(std::int64_t number);    // restaurants, bakeries, markets: customers
[[nodiscard]] CompanyName vendor_name(std::int64_t number);  // manufacturers and wholesalers: suppliers
[[nodiscard]] std::string person_name(std::int64_t number);
[[nodiscard]] const City& city(Random& random);
[[nodiscard]] std::string_view area_code(std::string_view city);
[[nodiscard]] std::string mail_domain(std::string_view name);  // lower case ASCII without spaces

}  // namespace tomada::erp::demo

#pragma once
// TimeZone: which day it is where the company is.
#include "date.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::erp::sql {

class TimeZone {
 public:
  // An IANA name; empty: America/Sao_Paulo. Throws std::invalid_argument when this machine does not know it.
  [[nodiscard]] static TimeZone named(std::string_view name, const std::string& folder = "/usr/share/zoneinfo");

  [[nodiscard]] Date day(std::int64_t unix_ms) const;

 private:
  struct Change {
    std::int64_t at = 0;      // Unix seconds
    std::int32_t offset = 0;  // seconds east of Greenwich from then on
  };
  std::vector<Change> changes_;  // in order; the first one holds before it, too
};

}  // namespace tomada::erp::sql

#pragma once
// Table: rows as a file for other programs, CSV (RFC 4180, UTF-8) or JSON.
#include <tomada/json.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace tomada::erp::tools {

struct Table {
  std::string text;
  std::int64_t rows = 0;  // that found room
};

// One column for each key that any row has, in the order of their first appearance. Texts that a spreadsheet would take
// for a formula (beginning with = + - @ tab or return) get a ' before them; numbers stay as they are. Lists of
// texts are joined by "; ", what is nested deeper is JSON in its cell.
[[nodiscard]] Table to_csv(const sdk::json::array& rows, std::size_t most_bytes);
// {"items": [...], and the members of about}
[[nodiscard]] Table to_json(const sdk::json::array& rows, const sdk::json::object& about, std::size_t most_bytes);

}  // namespace tomada::erp::tools

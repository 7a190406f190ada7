#pragma once
// Answer: what Omie sent, and what must be in it before anything is concluded from it. An answer without its list is
// never an empty list, a record without its amount never a zero.
#include "omie/operation.hpp"
#include "omie/record.hpp"
#include "source.hpp"

#include <vector>

namespace tomada::erp::omie {

struct Reply {
  sdk::json::object body;  // numbers exact
  Provenance provenance;
  bool is_nothing = false;  // Omie said, as an error, that there are no records
};

struct ListPage {
  std::vector<sdk::json::object> rows;
  Provenance provenance;
  std::int64_t pages = 0, total = 0;  // of the whole list, as this page tells
  bool is_nothing = false;
};

// Throws ToolError with call and field: the list or a counter is missing.
[[nodiscard]] ListPage read_page(const Operation& operation, Reply reply);

// By which Omie tells one record of the list from another; empty: it has none.
[[nodiscard]] std::string id_of(const Operation& operation, const sdk::json::object& row);

[[nodiscard]] sdk::ToolError unreadable(const Operation& operation, const sdk::json::object& row,
                                        const FieldError& error);

// map: (const Record&) -> value. Throws ToolError with call, field and record: a required field is absent, or one is
// unreadable.
template <class Map>
auto read_record(const Operation& operation, const sdk::json::object& row, Map map) {
  try {
    return map(Record{row});
  } catch (const FieldError& error) {
    throw unreadable(operation, row, error);
  }
}

}  // namespace tomada::erp::omie

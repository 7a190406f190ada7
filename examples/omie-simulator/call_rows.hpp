#pragma once
// CallRow: one call as the tables of calls_*.cpp write it.
#include "call_table.hpp"

#include <vector>

namespace omie_simulator {

struct CallRow {
  const char* path;
  const char* name;
  const char* list;  // the array's key; several, with commas, of a call without pages
  Paging paging;
  Beyond beyond;
  bool is_heavy;
  const char* tags;  // see read_tags
};

[[nodiscard]] std::vector<CallRow> calls_of_general();
[[nodiscard]] std::vector<CallRow> calls_of_finance();
[[nodiscard]] std::vector<CallRow> calls_of_trade();
[[nodiscard]] std::vector<CallRow> calls_without_records();

}  // namespace omie_simulator

#pragma once
// Provenance: where an answer's facts come from, how old they are, and what is missing of them.
#include <cstdint>
#include <string>

namespace tomada::erp {

struct Provenance {
  std::string currency = "BRL";               // of all amounts
  bool is_in_utc = false;                     // times are shown in UTC, else as São Paulo reads them
  std::int64_t as_of_ms = 0;                  // Unix time of the oldest answer that went into this; 0: read now
  std::int64_t age_ms = 0;                    // how old that was
  std::int64_t refresh_in_ms = 0;             // when a new look is possible; 0: now
  std::string trouble;                        // why this is not as of now, if somebody should know
  bool was_asked = false;                     // for a part of this at least a request was sent now; else it is a copy
  bool is_truncated = false;                  // the source could not read everything: totals are of what it read
  bool is_only_of_names = false;              // that, but only of the names that were looked for: a tax id is sure
  std::int64_t rows_read = 0, rows_held = 0;  // of the lists that were not read completely; held: as the ERP counts
};

void merge(Provenance& into, const Provenance& other);            // as old as the older of both
void merge_name_gaps(Provenance& into, const Provenance& names);  // of a register in which names were looked for
void merge_gaps(Provenance& into, const Provenance& other);       // only whether, and how much, was left out

}  // namespace tomada::erp

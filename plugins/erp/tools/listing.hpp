#pragma once
// Listing: what all lists share: limit and cursor, totals, where the facts come from, and what to do next.
#include "tools/arguments.hpp"
#include "tools/tools.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace tomada::erp::tools {

inline constexpr std::int64_t default_limit = 10, most_items = 100;
inline constexpr std::int64_t most_exported_rows = 20'000;
inline constexpr std::size_t most_exported_bytes = 4u << 20;
inline constexpr Decimal nothing = Decimal::from_units(0, 2);  // of money: sums begin with it

class Listing {
 public:
  // Reads limit and cursor; throws InvalidParams when the cursor belongs to other arguments. what: the plural for
  // people, "receivables"; narrow: which arguments make the list smaller.
  // narrow_at_source: which of those make the ERP itself send less, for lists longer than can be read; may be empty.
  Listing(std::string_view what, std::string_view narrow, std::string_view narrow_at_source,
          const json::object& arguments, std::int64_t usual_limit = default_limit);

  [[nodiscard]] Slice slice() const noexcept { return slice_; }
  void item(json::object facts, const std::string& line);  // one item, and the same facts in a line
  void summary(json::object sums, std::string_view line);  // over everything the filters leave
  [[nodiscard]] Answer finish(const Source& source, const Provenance& provenance, std::int64_t total,
                              const Request& request) &&;

 private:
  [[nodiscard]] Answer exported(const Source& source, const Provenance& provenance, std::int64_t total,
                                const Request& request);
  [[nodiscard]] std::string next_step(std::int64_t total, bool is_last, const Provenance& provenance) const;

  std::string what_, narrow_, narrow_at_source_;
  std::string export_;  // "csv" or "json": the answer is a file with all of it; empty: a page
  std::uint64_t fingerprint_ = 0;
  Slice slice_;
  json::array items_;
  json::object sums_;
  std::string sums_line_, lines_;
};

// response_format: "detailed" shows what "concise", as without it, leaves out.
[[nodiscard]] bool is_detailed(const Arguments& read);

// "partial: the newest 5900 of 10000 records were read", or empty; with the same numbers as a member of the facts.
[[nodiscard]] std::string note_gaps(json::object& facts, const Provenance& provenance);

// What every answer ends with: currency and the instant the facts are of; why that is not now, as a member and as
// words.
[[nodiscard]] std::string note_trouble(json::object& facts, const Provenance& provenance);
void stamp(json::object& facts, const Provenance& provenance, const Request& request);
[[nodiscard]] std::string instant(std::int64_t unix_ms);  // 2026-11-20T09:00:00-03:00, as São Paulo reads it
[[nodiscard]] std::string instant_in_utc(std::int64_t unix_ms);
[[nodiscard]] Answer sourced(const Source& source, const Provenance& provenance, json::object facts, std::string text);

}  // namespace tomada::erp::tools

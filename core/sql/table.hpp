#pragma once
// Table: what a statement answered, as JSON text; and the receiver that writes it within bounds.
#include "core/sql/driver.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace tomada::sql {

struct Bounds {
  std::size_t rows = 10'000;
  std::size_t bytes = 16u << 20;  // of the rows' JSON
};

struct Table {
  std::string columns;  // [{"name", "type"}]
  std::string rows;     // [[…]]: integers, booleans, strings, null
  std::size_t row_count = 0;
};

class TableWriter final : public Receiver {
 public:
  explicit TableWriter(Bounds bounds) : bounds_{bounds} {}

  void columns(const std::vector<Column>& columns) override;
  bool row(const std::vector<Cell>& cells) override;
  void begin();  // anew: what came over a connection that was cut does not count

  enum class Excess { none, rows, bytes };
  [[nodiscard]] Excess excess() const noexcept { return excess_; }
  [[nodiscard]] bool has_begun() const noexcept { return !table_.columns.empty(); }
  [[nodiscard]] Table finish() &&;

 private:
  const Bounds bounds_;
  Table table_;
  Excess excess_ = Excess::none;
};

}  // namespace tomada::sql

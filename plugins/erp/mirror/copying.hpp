#pragma once
// Copying: makes the copy what the ERP's lists are: once page by page, then by what has changed. What was deleted no
// change tells: the list's length does; where they were is found by halving, as both are in the order of their ids. If
// that does not explain the length, the list is read again as a whole.
#include "mirror/feed.hpp"
#include "mirror/store.hpp"

#include <cstdint>
#include <functional>
#include <stop_token>

namespace tomada::erp::mirror {

class Copying {
 public:
  using Clock = std::function<std::int64_t()>;  // Unix time in ms

  static constexpr std::int64_t overlap_ms = 10 * 60'000;         // clocks differ, and an entry takes its time
  static constexpr std::int64_t whole_again_ms = 24 * 3'600'000;  // a change that came without a change date

  Copying(Store& store, Feed& feed, Clock now) : store_{store}, feed_{feed}, now_{std::move(now)} {}

  // Throws sdk::ToolError; what was read until then stays read. One at a time over all processes.
  void run(Shelf shelf, const std::stop_token& stop);

 private:
  void begin_pass(ShelfState& state) const;
  static void resume_pass(ShelfState& state);
  void read_whole(ShelfState& state, const std::stop_token& stop);
  static void turn_back(ShelfState& state, std::int64_t done);
  [[nodiscard]] Sheet read_at(const ShelfState& state, std::int64_t page, const std::stop_token& stop);
  std::int64_t read_changes(ShelfState& state, const std::stop_token& stop);
  [[nodiscard]] bool read_changes_once(ShelfState& state, std::int64_t& as_of_ms, const std::stop_token& stop);
  [[nodiscard]] std::int64_t compare(ShelfState& state, const std::stop_token& stop);
  struct Hole;
  void drop_deleted(ShelfState& state, std::int64_t surplus, const std::stop_token& stop);
  [[nodiscard]] Hole find_hole(ShelfState& state, const std::stop_token& stop);
  [[nodiscard]] Hole hole_on(const ShelfState& state, const Sheet& sheet, std::int64_t page) const;
  void settle(ShelfState& state, std::int64_t as_of_ms);

  Store& store_;
  Feed& feed_;
  const Clock now_;
};

}  // namespace tomada::erp::mirror

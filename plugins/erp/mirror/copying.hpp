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
  static constexpr std::int64_t breath_ms = 60'000;               // between looks while a list is read
  static constexpr std::int64_t whole_again_ms = 24 * 3'600'000;  // a change that came without a change date

  Copying(Store& store, Feed& feed, Clock now) : store_{store}, feed_{feed}, now_{std::move(now)} {}

  // Both throw sdk::ToolError; what was read until then stays read. One at a time over all processes.
  // Brings what has changed into a copy that is whole. False: the list must be read, for the first time, to its end,
  // because its length is unexplained, or because a day is over.
  [[nodiscard]] bool look(Shelf shelf, const std::stop_token& stop);
  void read(Shelf shelf, const std::stop_token& stop);

 private:
  void begin_pass(ShelfState& state) const;
  static void resume_pass(ShelfState& state);
  void read_whole(ShelfState& state, const std::stop_token& stop);
  static void turn_back(ShelfState& state, std::int64_t done);
  [[nodiscard]] Sheet read_at(const ShelfState& state, std::int64_t page, const std::stop_token& stop);
  [[nodiscard]] std::int64_t catch_up(ShelfState& state, const std::stop_token& stop);
  void keep_young(ShelfState& other, const std::stop_token& stop);
  void breathe(ShelfState& state, const std::stop_token& stop);
  [[nodiscard]] std::int64_t read_changes(ShelfState& state, const std::stop_token& stop);
  [[nodiscard]] bool read_changes_once(ShelfState& state, std::int64_t& as_of_ms, const std::stop_token& stop);
  [[nodiscard]] std::int64_t compare(ShelfState& state, const std::stop_token& stop);
  struct Hole;
  void drop_deleted(ShelfState& state, std::int64_t surplus, const std::stop_token& stop);
  [[nodiscard]] Hole find_hole(ShelfState& state, const std::stop_token& stop);
  [[nodiscard]] Hole hole_on(Shelf shelf, const Sheet& sheet, std::int64_t page, std::int64_t rows) const;
  void settle(ShelfState& state, std::int64_t as_of_ms);

  Store& store_;
  Feed& feed_;
  const Clock now_;
  std::int64_t looked_ms_ = 0;  // when a long reading last looked for changes
  std::int64_t rested_ = -1;    // how far it was then: not again before it got further
};

}  // namespace tomada::erp::mirror

// A list is read in the order of its ids, where new records come at the end. When it becomes shorter meanwhile, what
// lay behind the deleted records has moved towards the front, onto pages already read: so many rows are gone back. Each
// time a page must be seen anew it is of another edition, since the same question within a minute would be refused.
#include "mirror/copying.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace tomada::erp::mirror {
namespace {

constexpr int most_rounds = 3;

sdk::ToolError restless(Shelf shelf) {
  return sdk::ToolError{"the ERP's list of " + std::string{name_of(shelf)} +
                        " changed all the time while it was copied; the next question tries again"};
}

}  // namespace

bool Copying::look(Shelf shelf, const std::stop_token& stop) {
  auto state = store_.state(shelf);
  if (!state.is_whole()) return false;
  const bool agrees = catch_up(state, stop) == 0;
  return agrees && !state.is_passing && now_() - state.passed_ms < whole_again_ms;
}

void Copying::read(Shelf shelf, const std::stop_token& stop) {
  looked_ms_ = now_();
  auto state = store_.state(shelf);
  if (state.is_passing)
    resume_pass(state);
  else
    begin_pass(state);
  std::optional<std::int64_t> before;
  for (int round = 0; round < most_rounds; ++round) {
    read_whole(state, stop);
    const auto surplus = catch_up(state, stop);
    if (surplus == 0) return;
    if (before == surplus) {  // the same once more: the ERP's own counting is so
      state.excess -= surplus;
      return settle(state, state.changed_ms);
    }
    before = surplus;
    begin_pass(state);
  }
  throw restless(shelf);
}

// Gives how many records the copy still has too many, or, below zero, too few.
std::int64_t Copying::catch_up(ShelfState& state, const std::stop_token& stop) {
  std::int64_t surplus = 0;
  for (int look = 0; look < most_rounds; ++look) {
    const auto as_of_ms = read_changes(state, stop);
    surplus = compare(state, stop);
    if (surplus == 0) {
      settle(state, as_of_ms);
      return 0;
    }
    if (surplus > 0) drop_deleted(state, surplus, stop);
  }
  return surplus;
}

// A long reading must not age what is whole already.
void Copying::breathe(ShelfState& state, const std::stop_token& stop) {
  if (now_() - looked_ms_ < breath_ms || state.done == rested_) return;
  looked_ms_ = now_();
  rested_ = state.done;
  for (const auto shelf : shelves) {
    const bool is_own = shelf == state.shelf;
    auto other = is_own ? state : store_.state(shelf);
    if (!other.is_whole()) continue;
    if (!is_own) {
      keep_young(other, stop);
      continue;
    }
    (void)catch_up(other, stop);
    state = other;
    turn_back(state, state.done);
  }
}

// One list's failure is not another's: the next look tells of it.
void Copying::keep_young(ShelfState& other, const std::stop_token& stop) {
  try {
    (void)catch_up(other, stop);
  } catch (const sdk::ToolError&) {
    return;
  }
}

void Copying::begin_pass(ShelfState& state) const {
  ++state.pass;
  ++state.edition;
  state.is_passing = true;
  state.done = state.sheet_rows = 0;
  state.total = -1;
  state.began_ms = now_();
  store_.save(state);
}

// Others may have deleted something since: the last page read is read again.
void Copying::resume_pass(ShelfState& state) { turn_back(state, state.done - state.sheet_rows); }

void Copying::turn_back(ShelfState& state, std::int64_t done) {
  ++state.edition;
  state.done = std::max<std::int64_t>(0, done);
  state.sheet_rows = 0;  // pages of another edition may have another size
}

Sheet Copying::read_at(const ShelfState& state, std::int64_t page, const std::stop_token& stop) {
  if (stop.stop_requested()) throw sdk::Cancelled{};
  return feed_.read({state.shelf, 0, page, state.edition}, stop);
}

void Copying::read_whole(ShelfState& state, const std::stop_token& stop) {
  while (state.total < 0 || state.done < state.total) {
    breathe(state, stop);
    const auto page = state.sheet_rows > 0 ? state.done / state.sheet_rows + 1 : 1;
    const auto start = (page - 1) * state.sheet_rows;
    const auto before = state.done;
    const bool is_learning = state.sheet_rows == 0 && before > 0;  // how large pages are
    auto sheet = read_at(state, page, stop);
    if (sheet.rows() == 0 && page > 1) sheet.total = feed_.count(state.shelf, ++state.edition, stop);
    const auto lost = state.total < 0 ? 0 : std::max<std::int64_t>(0, state.total - sheet.total);
    const bool is_shorter = lost > 0 && start > 0;
    if (state.sheet_rows == 0 && sheet.pages > 1) state.sheet_rows = sheet.rows();
    state.total = sheet.total;
    state.done = std::max(is_learning ? before - lost : before, start + sheet.rows());
    state.anchor_ms = std::max(state.anchor_ms, sheet.newest_change_ms);
    if (is_shorter) turn_back(state, start - lost);
    store_.keep(sheet, state);
    if (!is_shorter && state.done == before && (!is_learning || state.sheet_rows == 0))
      break;  // pages of uneven sizes: the count will tell what is missing
  }
  state.is_passing = false;
  state.passed_ms = state.began_ms;
  state.changed_ms = state.began_ms;
  store_.drop_older(state);
}

// Gives the instant up to which all changes are in the copy.
std::int64_t Copying::read_changes(ShelfState& state, const std::stop_token& stop) {
  for (int round = 0; round < most_rounds; ++round) {
    auto as_of_ms = now_();
    ++state.edition;
    if (!read_changes_once(state, as_of_ms, stop)) continue;
    state.changed_ms = as_of_ms;
    store_.save(state);
    return as_of_ms;
  }
  throw restless(state.shelf);
}

// False: it became shorter meanwhile, so that something may have slipped through. Asked from the latest known change on
// at the latest: a question that finds nothing is a fault to some ERPs.
bool Copying::read_changes_once(ShelfState& state, std::int64_t& as_of_ms, const std::stop_token& stop) {
  auto since_ms = state.changed_ms - overlap_ms;
  if (state.anchor_ms > 0) since_ms = std::min(since_ms, state.anchor_ms);
  std::int64_t total = -1;
  for (std::int64_t page = 1, pages = 1; page <= pages; ++page) {
    if (stop.stop_requested()) throw sdk::Cancelled{};
    const auto sheet = feed_.read({state.shelf, since_ms, page, state.edition}, stop);
    if (total >= 0 && sheet.total < total) return false;
    total = sheet.total;
    pages = sheet.pages;
    if (sheet.read_at_ms > 0) as_of_ms = std::min(as_of_ms, sheet.read_at_ms);
    state.anchor_ms = std::max(state.anchor_ms, sheet.newest_change_ms);
    store_.keep(sheet, state);
  }
  return true;
}

// How many records the copy has too many.
std::int64_t Copying::compare(ShelfState& state, const std::stop_token& stop) {
  const auto total = feed_.count(state.shelf, ++state.edition, stop);
  return store_.count(state.shelf) + state.excess - total;
}

void Copying::settle(ShelfState& state, std::int64_t as_of_ms) {
  state.as_of_ms = as_of_ms;
  store_.save(state);
}

}  // namespace tomada::erp::mirror

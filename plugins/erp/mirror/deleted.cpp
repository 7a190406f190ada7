// Where the copy has more records than the list, the pages before the first deleted one are the same in both, all after
// it are shifted: halving finds it in some ten pages of a thousand.
#include "mirror/copying.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

namespace tomada::erp::mirror {
namespace {

constexpr int most_holes = 12;  // beyond, reading all pages is the shorter way

bool is_before(const std::string& a, const std::string& b) { return std::tuple{a.size(), a} < std::tuple{b.size(), b}; }

}  // namespace

struct Copying::Hole {
  bool is_there = false;
  std::vector<std::string> gone;
};

// Between the copy's records at a page's place and the page itself.
Copying::Hole Copying::hole_on(Shelf shelf, const Sheet& sheet, std::int64_t page, std::int64_t rows) const {
  const auto listed = sheet.ids();
  const bool is_last = page >= sheet.pages;
  const auto here =
      store_.ids(shelf, (page - 1) * rows, is_last ? std::numeric_limits<std::int64_t>::max() : sheet.rows());
  Hole out{here != listed, {}};
  if (listed.empty()) return out;
  const std::set<std::string> known{listed.begin(), listed.end()};
  for (const auto& id : here)
    if (!known.contains(id) && (is_last || is_before(id, listed.back()))) out.gone.push_back(id);
  return out;
}

Copying::Hole Copying::find_hole(ShelfState& state, const std::stop_token& stop) {
  ++state.edition;
  const auto top = read_at(state, 1, stop);
  const auto rows = top.rows();
  auto found = hole_on(state.shelf, top, 1, rows);
  if (found.is_there || rows == 0) return found;
  for (std::int64_t first = 2, last = top.pages; first <= last;) {
    const auto middle = first + (last - first) / 2;
    auto here = hole_on(state.shelf, read_at(state, middle, stop), middle, rows);
    if (here.is_there) {
      last = middle - 1;
      found = std::move(here);
    } else {
      first = middle + 1;
    }
  }
  return found;
}

void Copying::drop_deleted(ShelfState& state, std::int64_t surplus, const std::stop_token& stop) {
  for (int hole = 0; hole < most_holes && surplus > 0; ++hole) {
    const auto found = find_hole(state, stop);
    if (found.gone.empty()) return;
    store_.drop(state.shelf, found.gone);
    surplus -= static_cast<std::int64_t>(found.gone.size());
  }
}

}  // namespace tomada::erp::mirror

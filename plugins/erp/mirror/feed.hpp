#pragma once
// Feed: what a source must be able to do to be mirrored: its long lists sheet by sheet, all of them or what has
// changed.
#include "source.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::erp::mirror {

enum class Shelf { titles, partners, orders };
inline constexpr std::array<Shelf, 3> shelves{Shelf::titles, Shelf::partners, Shelf::orders};
[[nodiscard]] constexpr std::string_view name_of(Shelf shelf) noexcept {
  constexpr std::array<std::string_view, 3> names{"titles", "partners", "orders"};
  return names[static_cast<std::size_t>(shelf)];
}

using Marks = std::array<bool, shelves.size()>;  // a claim about each shelf
[[nodiscard]] constexpr std::size_t place_of(Shelf shelf) noexcept { return static_cast<std::size_t>(shelf); }

struct Sheet {  // one page of a shelf
  std::vector<Title> titles;
  std::vector<Counterparty> partners;
  std::vector<Order> orders;
  std::int64_t pages = 0, total = 0;  // of the whole list, as this page tells
  std::int64_t read_at_ms = 0;        // Unix time
  std::int64_t newest_change_ms = 0;  // the latest change date of its records; 0: they do not tell

  [[nodiscard]] std::vector<std::string> ids() const {
    std::vector<std::string> out;
    for (const auto& title : titles) out.push_back(title.id);
    for (const auto& partner : partners) out.push_back(partner.id);
    for (const auto& order : orders) out.push_back(order.id);
    return out;
  }
  [[nodiscard]] std::int64_t rows() const noexcept {
    return static_cast<std::int64_t>(titles.size() + partners.size() + orders.size());
  }
};

struct Question {
  Shelf shelf = Shelf::titles;
  std::int64_t since_ms = 0;  // what has changed since then, and perhaps more; 0: everything
  std::int64_t page = 1;      // from 1; a list is in the order of its numeric ids, so new records come at its end
  std::int64_t edition = 0;   // the same page of another edition is asked anew, never answered from a copy
};

class Feed {
 public:
  virtual ~Feed() = default;
  // Both block, stand aside for whoever waits, and throw sdk::ToolError, sdk::Cancelled when `stop` says so.
  [[nodiscard]] virtual Sheet read(const Question& question, const std::stop_token& stop) = 0;
  [[nodiscard]] virtual std::int64_t count(Shelf shelf, std::int64_t edition, const std::stop_token& stop) = 0;

  [[nodiscard]] virtual std::string account() const = 0;  // whose books these are; a mirror is of one account only
};

}  // namespace tomada::erp::mirror

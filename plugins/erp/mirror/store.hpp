#pragma once
// Store: the copy, an SQLite file in the instance's own folder. What a page brought and how far the copying has come
// are written together, so that a process that is killed leaves a copy that another one continues. Used by many threads
// and processes at once; only the one that holds the Lock writes.
#include "mirror/feed.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace tomada::erp::mirror {

struct ShelfState {
  Shelf shelf = Shelf::titles;
  std::int64_t pass = 0;        // readings of the whole list, begun ones included
  bool is_passing = false;      // one is under way
  std::int64_t done = 0;        // rows of it that were read
  std::int64_t sheet_rows = 0;  // of a full page; 0: not known yet
  std::int64_t edition = 0;
  std::int64_t total = -1;      // as the ERP told last; -1: never
  std::int64_t excess = 0;      // records the ERP counts and does not list, or lists twice
  std::int64_t began_ms = 0;    // the reading
  std::int64_t passed_ms = 0;   // the last whole reading
  std::int64_t as_of_ms = 0;    // the copy is what the list was then; 0: it is not whole yet
  std::int64_t changed_ms = 0;  // changes up to then are in it
  std::int64_t anchor_ms = 0;   // the latest change date that was seen

  [[nodiscard]] bool is_whole() const noexcept { return as_of_ms != 0; }
};

class Store {
 public:
  // Throws std::exception when there can be none. A file that is damaged or of another version is begun anew.
  explicit Store(std::string path);
  ~Store();

  [[nodiscard]] ShelfState state(Shelf shelf) const;
  [[nodiscard]] std::int64_t count(Shelf shelf) const;

  // Of the one that holds the lock.
  void keep(const Sheet& sheet, const ShelfState& state);  // rows are marked with the state's pass
  void save(const ShelfState& state);
  void drop_older(const ShelfState& state);  // rows of earlier passes
  void drop(Shelf shelf, const std::vector<std::string>& ids);
  // Those in the order of the numeric ids.
  [[nodiscard]] std::vector<std::string> ids(Shelf shelf, std::int64_t offset, std::int64_t limit) const;

  struct Attempt {
    std::int64_t ended = 0;  // how many did
    Marks failed{};          // which shelves could not be read by the last one
  };
  [[nodiscard]] Attempt last_attempt() const;
  // Why they failed is told by who tried: an ERP's words may hold a secret, no file may.
  void note_attempt(const Marks& failed);

  // Something was written to the ERP: what is asked next needs a look at it.
  void mark_dirty(std::int64_t now_ms);
  [[nodiscard]] std::int64_t dirty_ms() const;

  void save_balances(const Balances& balances);
  [[nodiscard]] std::optional<Balances> balances() const;

  void each_title(const TitleQuery& query, Date today, const TitleVisitor& visit) const;
  void each_order(const OrderQuery& query, const OrderVisitor& visit) const;
  void name(Counterparty& partner) const;  // leaves what is unknown as it is

 private:
  class Reading;  // a connection for as long as somebody reads
  [[nodiscard]] std::unique_ptr<SQLite::Database> open() const;
  [[nodiscard]] std::int64_t number(const std::string& key) const;

  const std::string path_;
  mutable std::mutex mutex_;  // guards idle_
  mutable std::vector<std::unique_ptr<SQLite::Database>> idle_;
};

}  // namespace tomada::erp::mirror

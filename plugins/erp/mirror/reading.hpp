#pragma once
// Reading: a connection to the copy's file, lent to one thread.
#include "mirror/store.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

namespace tomada::erp::mirror {

class Store::Reading {
 public:
  explicit Reading(const Store& store);
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;
  ~Reading();

  [[nodiscard]] SQLite::Database& operator*() const noexcept { return *database_; }
  [[nodiscard]] SQLite::Database* operator->() const noexcept { return database_.get(); }

 private:
  const Store& store_;
  std::unique_ptr<SQLite::Database> database_;
};

}  // namespace tomada::erp::mirror

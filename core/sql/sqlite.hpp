#pragma once
// SQLite: a database file, opened for reading alone.
#include "core/sql/driver.hpp"

#include <memory>

struct sqlite3;

namespace tomada::sql {

[[nodiscard]] std::unique_ptr<Driver> make_sqlite(const Access& access);

// What PostgreSQL has and SQLite lacks, so that one text serves both: translate(text, from, to).
[[nodiscard]] bool add_functions(sqlite3* database);

}  // namespace tomada::sql

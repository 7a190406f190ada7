#pragma once
// Store: the books as tables of an SQLite database in memory, which answer questions in SQL.
#include "books.hpp"

#include <memory>
#include <string>

namespace SQLite {
class Database;
}

namespace tomada::erp::demo {

// Amounts are cents, dates ISO text. SQL gains fold(text), digits(text) and has_words(text, words), see folding.hpp.
[[nodiscard]] std::unique_ptr<SQLite::Database> open_store(const Books& books);
// Writes the whole database to a file, replacing it, for people who want to look with their own tools.
void copy_to(SQLite::Database& store, const std::string& path);

}  // namespace tomada::erp::demo

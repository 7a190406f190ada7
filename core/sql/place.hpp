#pragma once
// Place: where a database is, read from the url of its upstream.
#include "core/base/result.hpp"

#include <string>
#include <string_view>

namespace tomada::sql {

enum class Dialect { sqlite, postgresql };
[[nodiscard]] std::string_view name(Dialect dialect) noexcept;

struct Place {
  Dialect dialect = Dialect::sqlite;
  std::string file;  // SQLite: its path; nothing of the rest
  std::string host;  // IPv6 without brackets
  int port = 5432;
  std::string database;
  std::string tls_mode;          // ?sslmode=, empty: unsaid
  std::string root_certificate;  // ?sslrootcert=, a path

  [[nodiscard]] std::string text() const;  // for people: "postgresql://host:5432/books", "sqlite:/srv/books.db"
};

[[nodiscard]] bool is_database(std::string_view url) noexcept;  // by its scheme alone
[[nodiscard]] Result<Place> parse_place(std::string_view url);
// postgresql://host[:port]/database[?sslmode=…&sslrootcert=…] or sqlite:/path. Errors: configuration, with the mend.

}  // namespace tomada::sql

#include "core/sql/place.hpp"

#include <catch2/catch.hpp>

using namespace tomada::sql;

TEST_CASE("a database's url names a file, or host, port and database", "[sql]") {
  const auto file = parse_place("sqlite:/srv/my books.db");
  REQUIRE(file.has_value());
  CHECK(file->file == "/srv/my books.db");
  CHECK(file->text() == "sqlite:/srv/my books.db");

  const auto place = parse_place("postgresql://db.example:6543/books?sslmode=require&sslrootcert=/etc/ca.pem");
  REQUIRE(place.has_value());
  CHECK(place->host == "db.example");
  CHECK(place->port == 6543);
  CHECK(place->database == "books");
  CHECK(place->tls_mode == "require");
  CHECK(place->root_certificate == "/etc/ca.pem");
  CHECK(parse_place("postgresql://[::1]/books")->text() == "postgresql://[::1]:5432/books");
}

TEST_CASE("what a database's url cannot be is refused with what to write", "[sql]") {
  for (const char* url : {"mysql://host/books", "postgresql://host", "postgresql://host/", "postgresql:///books",
                          "postgresql://host:x/books", "postgresql://host:0/books", "postgresql://host:70000/books",
                          "postgresql://[::1/books", "postgresql://ana:canary@host/books", "postgresql://host/a/b",
                          "postgresql://host/books?password=canary", "postgresql://host/books?sslmode=perhaps",
                          "sqlite:books.db", "sqlite:", "sqlite:/a\nb", ""}) {
    const auto place = parse_place(url);
    INFO(url);
    REQUIRE_FALSE(place.has_value());
    CHECK(place.error().code == tomada::ErrorCode::configuration);
    CHECK_FALSE(place.error().hint.empty());
    CHECK(place.error().text().find("canary") == std::string::npos);
  }
}

#include "core/sql/place.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace tomada::sql {
namespace {

constexpr std::string_view sqlite_scheme = "sqlite:", postgresql_scheme = "postgresql://";
constexpr std::array<std::string_view, 6> tls_modes{"disable", "allow",     "prefer",
                                                    "require", "verify-ca", "verify-full"};

Error wrong(std::string_view what) {
  return failure(ErrorCode::configuration, text::concat({"The URL ", what, "."}), {},
                 "write it as postgresql://host:5432/database or sqlite:/path/books.db");
}

bool read_port(std::string_view text, int& port) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port > 0 && port < 65536;
}

bool read_authority(std::string_view authority, Place& out) {
  std::string_view rest;
  if (authority.starts_with('[')) {
    const auto close = authority.find(']');
    if (close == std::string_view::npos) return false;
    out.host = authority.substr(1, close - 1);
    rest = authority.substr(close + 1);
  } else {
    const auto colon = std::min(authority.find(':'), authority.size());
    out.host = authority.substr(0, colon);
    rest = authority.substr(colon);
  }
  if (out.host.empty()) return false;
  return rest.empty() || (rest.starts_with(':') && read_port(rest.substr(1), out.port));
}

Result<void> read_option(std::string_view option, Place& out) {
  const auto mark = std::min(option.find('='), option.size());
  const auto key = option.substr(0, mark);
  const auto value = option.substr(std::min(mark + 1, option.size()));
  if (key == "sslmode") {
    if (std::find(tls_modes.begin(), tls_modes.end(), value) == tls_modes.end())
      return wrong("has an unknown sslmode, use verify-full, verify-ca, require, prefer or disable");
    out.tls_mode = value;
    return {};
  }
  if (key != "sslrootcert" || value.empty()) return wrong("has another option than sslmode and sslrootcert");
  out.root_certificate = value;
  return {};
}

Result<Place> parse_postgresql(std::string_view rest) {
  Place out;
  out.dialect = Dialect::postgresql;
  const auto query = std::min(rest.find('?'), rest.size());
  const auto path = rest.substr(0, query);
  const auto slash = std::min(path.find('/'), path.size());
  const auto authority = path.substr(0, slash);
  if (authority.find('@') != std::string_view::npos)
    return wrong("holds credentials; they belong into the keys user and password of its section");
  if (!read_authority(authority, out)) return wrong("has no valid host and port");
  out.database = path.substr(std::min(slash + 1, path.size()));
  if (out.database.empty() || out.database.find_first_of("/%#") != std::string::npos)
    return wrong("does not name one database behind the host");
  if (query == rest.size()) return out;
  for (const auto option : text::split(rest.substr(query + 1), '&'))
    if (const auto read = read_option(option, out); !read) return read.error();
  return out;
}

}  // namespace

std::string_view name(Dialect dialect) noexcept { return dialect == Dialect::sqlite ? "sqlite" : "postgresql"; }

std::string Place::text() const {
  if (dialect == Dialect::sqlite) return text::concat({sqlite_scheme, file});
  const bool is_ipv6 = host.find(':') != std::string::npos;
  return text::concat(
      {postgresql_scheme, is_ipv6 ? "[" : "", host, is_ipv6 ? "]:" : ":", std::to_string(port), "/", database});
}

bool is_database(std::string_view url) noexcept {
  return url.starts_with(sqlite_scheme) || url.starts_with(postgresql_scheme);
}

Result<Place> parse_place(std::string_view url) {
  const auto is_odd = [](char c) { return c < ' ' || c == '\x7f'; };
  if (std::any_of(url.begin(), url.end(), is_odd)) return wrong("has control characters");
  if (url.starts_with(postgresql_scheme)) return parse_postgresql(url.substr(postgresql_scheme.size()));
  if (!url.starts_with(sqlite_scheme)) return wrong("begins neither with postgresql:// nor with sqlite:");
  Place out;
  out.file = url.substr(sqlite_scheme.size());
  if (!out.file.starts_with('/')) return wrong("does not name its file by a whole path");
  return out;
}

}  // namespace tomada::sql

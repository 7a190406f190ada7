#pragma once
// Types: PostgreSQL's own, by the numbers that it gives them (pg_type.dat), and what becomes of their values.
#include "core/sql/driver.hpp"

#include <libpq-fe.h>
#include <string_view>

namespace tomada::postgresql {

[[nodiscard]] constexpr std::string_view type_name(Oid type) noexcept {
  switch (type) {
    case 16:
      return "boolean";
    case 17:
      return "bytea";
    case 20:
      return "bigint";
    case 21:
      return "smallint";
    case 23:
      return "integer";
    case 25:
    case 705:  // a literal
      return "text";
    case 114:
    case 3802:
      return "json";
    case 700:
      return "real";
    case 701:
      return "double precision";
    case 790:
      return "money";
    case 1042:
    case 1043:
      return "character varying";
    case 1082:
      return "date";
    case 1083:
      return "time";
    case 1114:
      return "timestamp without time zone";
    case 1184:
      return "timestamp with time zone";
    case 1700:
      return "numeric";
    case 2950:
      return "uuid";
    default:
      return "other";
  }
}

[[nodiscard]] constexpr sql::Kind kind_of(Oid type) noexcept {
  if (type == 16) return sql::Kind::boolean;
  return type == 20 || type == 21 || type == 23 ? sql::Kind::integer : sql::Kind::text;
}

}  // namespace tomada::postgresql
